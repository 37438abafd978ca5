import { CloudOff, RefreshCw, Turtle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { useLongerThan } from '../../lib/use-longer-than.ts'

/** A cut shorter than this is not worth a word, milliseconds. */
const WORTH_A_WORD = 700

/** Says when the desk has no connection, and what that means for what is typed. Takes no room while all is well. */
export function ConnectionBar() {
  const { t } = useTranslation()
  const desk = useDesk()
  const { state, end } = useDeskStore(
    d => d.connection,
    s => s,
  )
  const waiting = useDeskStore(
    d => d.outbox.store,
    s => s.entries.filter(entry => entry.state !== 'refused').length,
  )
  const kept = useDeskStore(
    d => d.outbox.store,
    s => s.kept,
  )
  const clusterAway = useDeskStore(
    d => d.players.store,
    s => s.clusterAway,
  )
  const lasting = useLongerThan(state === 'lost' || (state === 'connecting' && waiting > 0), WORTH_A_WORD)
  const shown = lasting || state === 'ended'

  return (
    <div role="status" aria-live="polite">
      {clusterAway && !shown && (
        <p className="flex items-center gap-2 border-base-300 border-b bg-base-200 px-4 py-1.5 text-sm">
          <Turtle className="icon" aria-hidden="true" />
          {t('live.clusterAway')}
        </p>
      )}
      {shown && (
        <div className="flex items-center gap-2 border-warning/60 border-b bg-warning/20 px-4 py-1.5 text-sm">
          <CloudOff className="icon" aria-hidden="true" />
          <p className="min-w-0 flex-1">
            <span className="font-medium">
              {state === 'ended' && end ? t(`live.${end}`) : t('live.lost')}
            </span>
            {waiting > 0 && (
              <span>
                {' · '}
                {t('live.linesWait', { count: waiting })}
                {' · '}
                {kept ? t('live.keptLine') : t('live.notKept')}
              </span>
            )}
          </p>
          <button type="button" className="btn btn-ghost btn-sm" onClick={desk.reconnect}>
            <RefreshCw className="icon" aria-hidden="true" />
            <span className="max-sm:sr-only">{t('live.reconnect')}</span>
          </button>
        </div>
      )}
    </div>
  )
}
