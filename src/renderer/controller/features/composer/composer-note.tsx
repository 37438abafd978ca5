import { Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { countCharacters } from '../../lib/count-characters.ts'

interface ComposerNoteProps {
  id: string
  /** What stands in the way, in words. */
  problem: string | null
  /** What is being waited for, in words. */
  busy: string | null
  /** How many messages the text makes. */
  count: number
  narrow: boolean
}

/** Under the line: the way back to what was being typed; what is wrong, else how long it is, else how it is sent. */
export function ComposerNote({ id, problem, busy, count, narrow }: ComposerNoteProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const [{ sendKey, lineEach, lineSpeed, quotes }] = usePreferences()
  const text = useDeskStore(
    d => d.draft.store,
    s => s.text,
  )
  const aside = useDeskStore(
    d => d.draft.store,
    s => s.aside,
  )
  const hint = sendKey === 'enter' ? 'live.sendHintEnter' : 'live.sendHintCtrl'
  const counted = [
    t('live.characters', { count: countCharacters(text) }),
    count > 1 && lineEach && t('live.linesToSend', { count }),
    lineSpeed !== 1 && t('speakers.times', { count: lineSpeed }),
    quotes && t('picker.quotesOn'),
  ].filter(Boolean)
  const quiet = narrow && count < 2 && text.length < 50
  const note = (
    <p id={id} className={`min-w-0 flex-1 ${narrow ? '' : 'text-right'}`}>
      {/* Not how long it is: read out at each key, that would talk over what is typed. */}
      <span aria-live="polite">
        {problem ? (
          <span className="text-error">{problem}</span>
        ) : (
          busy && (
            <span className="inline-flex items-center gap-1">
              <span className="loading loading-spinner loading-xs" aria-hidden="true" />
              {busy}
            </span>
          )
        )}
      </span>
      {!problem && !busy && (text === '' ? !narrow && t(hint) : !quiet && counted.join(' · '))}
    </p>
  )
  if (!aside?.text) return note
  return (
    <>
      <button
        type="button"
        className="btn btn-xs max-w-[75%] flex-none"
        title={aside.text}
        onClick={() => {
          desk.draft.bringBack()
          focusComposer()
        }}
      >
        <Undo2 className="size-3.5 flex-none" aria-hidden="true" />
        <span className="truncate">{t('live.bringBack')}</span>
      </button>
      {note}
    </>
  )
}
