import { ListPlus, SendHorizontal, Type } from 'lucide-react'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import type { Viewport } from '../../lib/use-viewport.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { CommandHelp } from './command-help.tsx'
import { countCharacters } from './composition.ts'
import { ExpressionChips } from './expression-chips.tsx'
import { LineField } from './line-field.tsx'
import { SpeakerChips } from './speaker-chips.tsx'
import { SpeakerName } from './speaker-name.tsx'
import { Target } from './target.tsx'
import { Toolbar } from './toolbar.tsx'
import { useComposer } from './use-composer.ts'
import { useTyping } from './use-typing.ts'

/** Where lines are written: always in the same place, always ready. */
export function Composer({ viewport }: { viewport: Viewport }) {
  const { t } = useTranslation()
  const desk = useDesk()
  const model = useComposer()
  const note = useId()
  const [{ toolbar, sendKey, lineEach }, setPreferences] = usePreferences()
  const text = useDeskStore(
    d => d.draft.store,
    s => s.text,
  )
  useTyping()
  // biome-ignore lint/correctness/useExhaustiveDependencies: each desk begins with the caret in the composer
  useEffect(focusComposer, [desk])

  function submit(event: FormEvent): void {
    event.preventDefault()
    model.send()
    focusComposer()
  }

  const narrow = viewport !== 'desk'
  // On a phone the tools take the keyboard's room: they are shown when asked for, each time anew.
  const [phoneTools, setPhoneTools] = useState(false)
  const tools = narrow ? phoneTools : toolbar
  const toggle = viewport !== 'dock' && (
    <IconButton
      icon={Type}
      label={t('compose.showToolbar')}
      pressed={tools}
      onClick={() => (narrow ? setPhoneTools(!phoneTools) : setPreferences({ toolbar: !toolbar }))}
    />
  )
  const hint = sendKey === 'enter' ? 'live.sendHintEnter' : 'live.sendHintCtrl'
  const counted = (
    <>
      {t('live.characters', { count: countCharacters(text) })}
      {model.count > 1 && lineEach && ` · ${t('live.linesToSend', { count: model.count })}`}
    </>
  )
  return (
    <form
      onSubmit={submit}
      aria-label={t('live.line')}
      className={`flex-none border-line border-t bg-base-200 ${narrow ? 'p-2' : 'px-4 py-3'}`}
    >
      {model.helpOpen && <CommandHelp onClose={model.closeHelp} />}
      {viewport !== 'dock' && (
        <div className="flex gap-3">
          <SpeakerChips />
          <ExpressionChips />
        </div>
      )}
      <div className={narrow ? 'mt-1 flex flex-col gap-2' : 'mt-1 flex items-end gap-2'}>
        <div className="flex items-center gap-1">
          <SpeakerName wide={narrow} />
          <Target />
          {narrow && toggle}
        </div>
        <div className="flex min-w-0 flex-1 items-end gap-2">
          <div className="min-w-0 flex-1">
            <LineField
              onSend={model.send}
              onHold={model.hold}
              onType={model.typed}
              invalid={model.excess > 0}
              describedBy={note}
            />
          </div>
          <IconButton
            icon={ListPlus}
            label={t('live.hold')}
            title={t('live.holdHint')}
            className="size-10"
            disabled={model.count === 0}
            onClick={model.hold}
          />
          <button
            type="submit"
            className={`btn btn-primary h-10 ${narrow ? 'btn-square' : 'px-5'}`}
            aria-label={t('live.send')}
            disabled={model.excess > 0}
            onMouseDown={event => event.preventDefault()}
          >
            <SendHorizontal className="icon" aria-hidden="true" />
            {!narrow && t('live.send')}
          </button>
        </div>
      </div>
      {narrow && tools && <Toolbar />}
      <div className={`flex items-center gap-2 text-quiet text-xs ${narrow ? '' : 'mt-1 min-h-8'}`}>
        {!narrow && tools && <Toolbar />}
        {!narrow && toggle}
        <p id={note} className={`min-w-0 flex-1 ${narrow ? '' : 'text-right'}`} aria-live="polite">
          {model.problem ? (
            <span className="text-error">{model.problem}</span>
          ) : text === '' ? (
            !narrow && t(hint)
          ) : (
            (!narrow || model.count > 1) && counted
          )}
        </p>
      </div>
    </form>
  )
}
