import { type FormEvent, type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phrase, PhraseInput } from '../../../../shared/phrase.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { keyName } from '../../lib/keys.ts'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'

interface PhraseEditorProps {
  /** Null: a new one. */
  phrase: Phrase | null
  onDone(id: string | null): void
}

export function PhraseEditor({ phrase, onDone }: PhraseEditorProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const folders = useId()
  const items = useDeskStore(
    d => d.phrases.store,
    s => s.items,
  )
  const [input, setInput] = useState<PhraseInput>(() => ({
    title: phrase?.title ?? '',
    text: phrase?.text ?? '',
    speaker: phrase?.speaker ?? '',
    folder: phrase?.folder ?? '',
    hotkey: phrase?.hotkey ?? '',
  }))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [textProblem, setTextProblem] = useState<string | null>(null)
  const set = (part: Partial<PhraseInput>) => setInput(before => ({ ...before, ...part }))
  const taken = items.find(
    item => item.id !== phrase?.id && item.hotkey !== '' && item.hotkey === input.hotkey,
  )

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (input.text.trim() === '') return setTextProblem(t('phrases.textNeeded'))
    const answer = phrase ? await desk.phrases.change(phrase.id, input) : await desk.phrases.create(input)
    if (answer.ok) onDone(null)
    else setFailure(answer.failure)
  }
  async function remove(): Promise<void> {
    if (!phrase) return
    const answer = await desk.phrases.remove(phrase.id)
    if (answer.ok || answer.failure.status === 404) onDone(null)
    else setFailure(answer.failure)
  }
  function pressKey(event: KeyboardEvent): void {
    if (event.key === 'Tab' || event.key === 'Escape') return
    event.preventDefault()
    const name = keyName(event.nativeEvent)
    if (event.key === 'Backspace' || event.key === 'Delete') set({ hotkey: '' })
    else if (name && (/^(Ctrl|Alt)\+/.test(name) || /^F\d+$/.test(name))) set({ hotkey: name })
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={event => void save(event)}>
      <Field label={t('phrases.text')} hint={t('phrases.textHint')} error={textProblem}>
        {control => (
          <textarea
            {...control}
            className="textarea field-sizing-content max-h-60 min-h-20 w-full"
            value={input.text}
            onChange={event => set({ text: event.target.value })}
            // biome-ignore lint/a11y/noAutofocus: it was asked for just now
            autoFocus
          />
        )}
      </Field>
      <Field label={t('live.speaker')}>
        {control => (
          <input
            {...control}
            className="input input-sm w-full"
            value={input.speaker}
            maxLength={100}
            onChange={event => set({ speaker: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('phrases.title')} hint={t('phrases.titleHint')}>
        {control => (
          <input
            {...control}
            className="input input-sm w-full"
            value={input.title}
            maxLength={100}
            onChange={event => set({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('phrases.folder')}>
        {control => (
          <>
            <input
              {...control}
              className="input input-sm w-full"
              list={folders}
              value={input.folder}
              maxLength={60}
              onChange={event => set({ folder: event.target.value })}
            />
            <datalist id={folders}>
              {[...new Set(items.map(item => item.folder))].filter(Boolean).map(name => (
                <option key={name} value={name} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field
        label={t('phrases.hotkey')}
        hint={t('phrases.hotkeyHint')}
        error={taken ? t('phrases.hotkeyTaken', { name: taken.title || taken.text }) : null}
      >
        {control => (
          <input
            {...control}
            className="input input-sm w-full"
            readOnly
            value={input.hotkey}
            onKeyDown={pressKey}
          />
        )}
      </Field>
      {failure && <Notice tone="error">{say(failure)}</Notice>}
      <div className="flex items-center gap-2">
        <button type="submit" className="btn btn-primary btn-sm" disabled={taken !== undefined}>
          {t('common.save')}
        </button>
        <button type="button" className="btn btn-ghost btn-sm" onClick={() => onDone(null)}>
          {t('common.cancel')}
        </button>
        <span className="flex-1" />
        {phrase && (
          <TwoStepButton
            label={t('common.delete')}
            question={t('common.deleteSure')}
            onConfirm={() => void remove()}
          />
        )}
      </div>
    </form>
  )
}
