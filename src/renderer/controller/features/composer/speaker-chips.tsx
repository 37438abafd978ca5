import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { Avatar } from '../../ui/avatar.tsx'

/** The presets in one row; Alt and a number picks, as does a click. */
export function SpeakerChips() {
  const { t } = useTranslation()
  const desk = useDesk()
  const speakers = useDeskStore(
    d => d.speakers.store,
    s => s.items,
  )
  const current = useDeskStore(
    d => d.draft.store,
    s => s.speaker,
  )
  if (speakers.length === 0) return null
  return (
    <ul
      aria-label={t('live.speakers')}
      className="flex min-w-0 gap-1 overflow-x-auto py-0.5 [scrollbar-width:none]"
    >
      {speakers.map((speaker, index) => (
        <li key={speaker.id} className="flex-none">
          <button
            type="button"
            aria-pressed={speaker.name === current}
            title={index < 9 ? `${speaker.name} (Alt+${index + 1})` : speaker.name}
            className="flex h-8 max-w-40 items-center gap-1.5 rounded-full border border-line bg-base-100 pr-3 pl-1 text-sm aria-pressed:border-primary aria-pressed:bg-primary/10"
            onMouseDown={event => event.preventDefault()}
            onClick={() => {
              desk.draft.setSpeaker(speaker.name === current ? '' : speaker.name)
              focusComposer()
            }}
          >
            <Avatar speaker={speaker} />
            <span className="truncate">{speaker.name}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
