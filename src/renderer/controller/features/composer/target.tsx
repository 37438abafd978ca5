import { Crosshair, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'

/** Says that lines go to the players of one label only, and takes that back when pressed. */
export function Target() {
  const { t } = useTranslation()
  const desk = useDesk()
  const label = useDeskStore(
    d => d.draft.store,
    s => s.label,
  )
  if (label === '') return null
  return (
    <button
      type="button"
      className="btn btn-sm max-w-32 flex-none border-primary text-primary"
      aria-label={`${t('live.target')} ${label}: ${t('players.untarget')}`}
      title={t('players.untarget')}
      onClick={() => {
        desk.draft.setLabel('')
        focusComposer()
      }}
    >
      <Crosshair className="icon" aria-hidden="true" />
      <span className="truncate">{label}</span>
      <X className="size-3.5" aria-hidden="true" />
    </button>
  )
}
