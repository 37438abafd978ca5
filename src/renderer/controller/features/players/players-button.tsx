import { Monitor, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDeskStore } from '../../desk/context.ts'
import { useDiagnoses } from './use-diagnoses.ts'

interface PlayersButtonProps {
  open: boolean
  onToggle(): void
}

/** Where there is no room for the panel of players: how many are open and whether all is well; pressed, the panel. */
export function PlayersButton({ open, onToggle }: PlayersButtonProps) {
  const { t } = useTranslation()
  const players = useDeskStore(
    d => d.players.store,
    s => s.players,
  )
  const unlisted = useDeskStore(
    d => d.players.store,
    s => s.unlisted,
  )
  const count = players.filter(player => player.place !== 'preview').length + unlisted
  const wrong = useDiagnoses().length > 0
  const Icon = wrong ? TriangleAlert : Monitor
  return (
    <button
      type="button"
      className="btn btn-ghost btn-sm flex-none gap-1 px-2 tabular-nums aria-expanded:bg-primary/10 aria-expanded:text-primary"
      aria-expanded={open}
      title={t('live.players')}
      onMouseDown={event => event.preventDefault()}
      onClick={onToggle}
    >
      <Icon className={`icon ${wrong ? 'text-error' : ''}`} aria-hidden="true" />
      <span className="sr-only">{t('live.players')}</span>
      {count}
    </button>
  )
}
