import { type KeyboardEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Phrase, PhraseInput } from '../../../../shared/phrase.ts'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { keyName } from '../../lib/keys.ts'
import { useHotkeyField } from '../../lib/use-hotkey-field.ts'
import { EditorFoot } from '../../presets/editor-foot.tsx'
import { usePresetEditor } from '../../presets/use-preset-editor.ts'
import { Field } from '../../ui/field.tsx'

interface PhraseEditorProps {
  /** Null: a new one. */
  id: string | null
  onClose(): void
}

/** All of one phrase, saved as a whole. */
export function PhraseEditor({ id, onClose }: PhraseEditorProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const folders = useId()
  const items = useDeskStore(
    d => d.phrases.store,
    s => s.items,
  )
  const [textProblem, setTextProblem] = useState<string | null>(null)
  const model = usePresetEditor<Phrase, PhraseInput>({
    items,
    id,
    toInput: phrase => ({
      title: phrase?.title ?? '',
      text: phrase?.text ?? '',
      speaker: phrase?.speaker ?? '',
      folder: phrase?.folder ?? '',
      hotkey: phrase?.hotkey ?? '',
    }),
    collection: desk.phrases,
    check(input) {
      const empty = input.text.trim() === ''
      setTextProblem(empty ? t('phrases.textNeeded') : null)
      return empty ? null : input
    },
    onSaved: onClose,
    onRemoved: onClose,
  })
  const { input, set } = model
  const hotkeyField = useHotkeyField()
  const taken = items.find(item => item.id !== model.id && item.hotkey !== '' && item.hotkey === input.hotkey)

  function pressKey(event: KeyboardEvent): void {
    if (event.key === 'Tab' || event.key === 'Escape') return
    event.preventDefault()
    const name = keyName(event.nativeEvent)
    if (event.key === 'Backspace' || event.key === 'Delete') set({ hotkey: '' })
    else if (name && (/^(Ctrl|Alt)\+/.test(name) || /^F\d+$/.test(name))) set({ hotkey: name })
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={event => void model.save(event)}>
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
            {...hotkeyField}
          />
        )}
      </Field>
      <EditorFoot model={model} ready={taken === undefined} onClose={onClose} />
    </form>
  )
}
