import { Crosshair, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { parseTarget } from '../../../../shared/target.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'

/** Says that lines go to some players only, or not to some, and takes that back when pressed. */
export function Target() {
  const { t } = useTranslation()
  const desk = useDesk()
  const label = useDeskStore(
    d => d.draft.store,
    s => s.label,
  )
  if (label === '') return null
  const { only, except } = parseTarget(label)
  const words = [only.join(', '), except.length > 0 && t('players.without', { labels: except.join(', ') })]
    .filter(Boolean)
    .join(' · ')
  return (
    <button
      type="button"
      className="btn btn-sm max-w-32 flex-none border-primary text-primary"
      aria-label={`${t('live.target')} ${words}: ${t('players.untarget')}`}
      title={`${words}: ${t('players.untarget')}`}
      onClick={() => {
        desk.draft.setLabel('')
        focusComposer()
      }}
    >
      <Crosshair className="icon" aria-hidden="true" />
      <span className="truncate">{words}</span>
      <X className="size-3.5" aria-hidden="true" />
    </button>
  )
}
