import { useTranslation } from 'react-i18next'
import type { PlayerInfo } from '../../../../shared/events.ts'
import { useDeskStore } from '../../desk/context.ts'
import { Notice } from '../../ui/notice.tsx'
import { diagnose } from './diagnose.ts'

/** The reasons when something is wrong, in words. */
export function Warnings({ players }: { players: PlayerInfo[] }) {
  const { t } = useTranslation()
  const messages = useDeskStore(
    d => d.transcript.store,
    s => s.messages,
  )
  const times = new Map(messages.map(({ id, time }) => [id, time]))
  const found = diagnose(players, id => times.get(id), messages.at(-1)?.time ?? 0)
  if (found.length === 0) return null
  return (
    <div className="flex flex-none flex-col gap-1 px-3 pb-2">
      {found.slice(0, 3).map(diagnosis => {
        const key = JSON.stringify(diagnosis)
        const { type, ...values } = diagnosis
        return (
          <Notice key={key} tone="warning">
            {t(`players.${type}`, values)}
          </Notice>
        )
      })}
    </div>
  )
}
