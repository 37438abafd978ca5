import { useTranslation } from 'react-i18next'
import { useDeskStore } from '../../desk/context.ts'

const dots = { open: 'bg-success', connecting: 'bg-warning', lost: 'bg-warning', ended: 'bg-error' }

/** The connection in one dot, with its word for those who point at it or hear it. */
export function ConnectionDot() {
  const { t } = useTranslation()
  const state = useDeskStore(
    d => d.connection,
    s => s.state,
  )
  const word =
    state === 'open' ? t('live.connected') : state === 'connecting' ? t('live.connecting') : t('live.lost')
  return (
    <span
      role="img"
      aria-label={word}
      title={word}
      className="flex size-8 flex-none items-center justify-center"
    >
      <span className={`size-2 rounded-full ${dots[state]}`} />
    </span>
  )
}
