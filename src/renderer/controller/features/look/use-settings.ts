import { useTranslation } from 'react-i18next'
import type { RoomSettings, RoomSettingsPatch } from '../../../../shared/room.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'

/** The room's settings as they stand, and how to change some. */
export function useSettings(): [RoomSettings, (patch: RoomSettingsPatch) => void] {
  const desk = useDesk()
  const settings = useDeskStore(
    d => d.room.store,
    s => s.settings,
  )
  return [settings, desk.room.change]
}

/** Another theme as it comes: the variant, layout and tokens of the one before were made for that one. */
export const wearing = (theme: string) => ({ theme, variant: '', layout: '', tokens: {} }) as const

/** Ways to say numbers with their units. */
export function useUnits() {
  const { t, i18n } = useTranslation()
  const number = (value: number, digits = 1) =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value)
  return {
    ms: (value: number) => t('look.milliseconds', { count: value }),
    seconds: (value: number) => t('common.seconds', { count: Number((value / 1_000).toFixed(1)) }),
    percent: (value: number) => t('look.percent', { count: Math.round(value * 100) }),
    number,
  }
}
