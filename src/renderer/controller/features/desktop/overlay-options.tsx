import { useTranslation } from 'react-i18next'
import type { OverlayChange, OverlayStatus } from '../../../../preload/bridge.ts'
import { LAYOUTS } from '../../../../shared/layouts.ts'
import { useBridgeValue } from '../../lib/use-bridge-value.ts'
import { Choice } from '../../ui/choice.tsx'
import { Slider } from '../../ui/slider.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useRoomOptions } from './use-room-options.ts'

/** Typed by hand from the preload's list: its schemas would bring zod's tables along. */
const GROUNDS = [
  'transparent',
  'green',
  'magenta',
  'black',
] as const satisfies readonly OverlayStatus['ground'][]

interface OverlayOptionsProps {
  overlay: OverlayStatus
  /** What it is called as long as it has no name. */
  fallbackName: string
  onChange(change: OverlayChange): void
}

/** What an overlay shows, and where. */
export function OverlayOptions({ overlay, fallbackName, onChange }: OverlayOptionsProps) {
  const { t } = useTranslation()
  const rooms = useRoomOptions(overlay.room)
  const displays = useBridgeValue('displays.list', 'displays') ?? []
  const percent = (value: number) => t('look.percent', { count: Math.round(value * 100) })
  const plugged = displays.map(({ id, label }) => ({ value: String(id), label }))
  const own = overlay.display === null ? '' : String(overlay.display)
  const isGone = own !== '' && !plugged.some(one => one.value === own)

  return (
    <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
      <TextField
        label={t('desktop.name')}
        value={overlay.name}
        placeholder={fallbackName}
        maxLength={40}
        onChange={name => onChange({ name })}
      />
      <Choice
        label={t('desktop.room')}
        value={overlay.room}
        options={rooms}
        onChange={room => onChange({ room })}
      />
      <Choice
        label={t('look.layout')}
        value={overlay.layout}
        options={[
          { value: '', label: t('desktop.layoutOfRoom') },
          ...LAYOUTS.map(value => ({ value, label: t(`players.${value}`) })),
        ]}
        onChange={layout => onChange({ layout })}
      />
      <Choice
        label={t('desktop.onDisplay')}
        value={own}
        options={[
          { value: '', label: t('desktop.primaryDisplay') },
          ...plugged,
          ...(isGone ? [{ value: own, label: t('desktop.unplugged') }] : []),
        ]}
        onChange={id => onChange({ display: id === '' ? null : Number(id) })}
      />
      <Slider
        label={t('desktop.opacity')}
        value={overlay.opacity}
        min={0.1}
        max={1}
        step={0.05}
        format={percent}
        onChange={opacity => onChange({ opacity })}
      />
      <Slider
        label={t('desktop.zoom')}
        value={overlay.zoom}
        min={0.25}
        max={4}
        step={0.05}
        format={percent}
        onChange={zoom => onChange({ zoom })}
      />
      <Choice
        label={t('desktop.ground')}
        hint={t('desktop.groundHint')}
        value={overlay.ground}
        options={GROUNDS.map(value => ({ value, label: t(`desktop.${value}`) }))}
        onChange={ground => onChange({ ground })}
      />
    </div>
  )
}
