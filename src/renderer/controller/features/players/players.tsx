import { FlaskConical, MonitorOff } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Panel } from '../../ui/panel.tsx'
import { PlayerRow } from './player-row.tsx'
import { Warnings } from './warnings.tsx'

/** Who watches, and whether all is well with them. */
export function Players({ className = '' }: { className?: string }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const players = useDeskStore(
    d => d.players.store,
    s => s.players,
  )
  const unlisted = useDeskStore(
    d => d.players.store,
    s => s.unlisted,
  )
  const audience = players.filter(player => player.place !== 'preview')
  const count = audience.length + unlisted
  return (
    <Panel
      title={`${t('live.players')}${count > 0 ? ` (${count})` : ''}`}
      className={className}
      actions={
        <IconButton
          icon={FlaskConical}
          label={t('players.test')}
          onClick={() => desk.say({ speaker: t('share.testSpeaker'), text: t('share.testLine') })}
        />
      }
    >
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Warnings />
        {count === 0 ? (
          <div>
            <Empty icon={MonitorOff}>{t('live.noPlayers')}</Empty>
          </div>
        ) : (
          <ul aria-label={t('live.players')}>
            {audience.map(player => (
              <PlayerRow key={player.id} player={player} />
            ))}
            {unlisted > 0 && (
              <li className="px-3 py-2 text-sm text-base-content/70">
                {t('players.unlisted', { count: unlisted })}
              </li>
            )}
          </ul>
        )}
      </div>
    </Panel>
  )
}
