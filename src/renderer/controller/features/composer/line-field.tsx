import { type KeyboardEvent, type SyntheticEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore, usePreferences } from '../../desk/context.ts'
import { COMPOSER_ID } from '../../desk/focus.ts'
import { lineKey } from '../../desk/line-key.ts'
import { editableText } from '../../desk/message-text.ts'
import { useUndoLast } from '../../desk/use-undo-last.ts'
import { isComposing, keyName } from '../../lib/keys.ts'
import { clearFormat, formatKeys, wrapSelection } from './format.ts'
import type { PanelName } from './panels/names.ts'
import { createRecall } from './recall.ts'

interface LineFieldProps {
  onSend(): void
  onHold(): void
  onType(text: string): void
  onPanel(name: PanelName): void
  onExpand(): void
  /** A picture was pasted or dropped. */
  onPicture(file: File): void
  /** Fills its place instead of growing with the text. */
  tall: boolean
  invalid: boolean
  describedBy: string
}

/** The text area. Enter while an input method composes belongs to the input method, never to us. */
export function LineField({ onSend, onHold, onType, invalid, describedBy, tall, ...on }: LineFieldProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const undoLast = useUndoLast()
  const [{ sendKey }] = usePreferences()
  const text = useDeskStore(
    d => d.draft.store,
    s => s.text,
  )
  const revision = useDeskStore(
    d => d.draft.store,
    s => s.revision,
  )
  const caret = useDeskStore(
    d => d.draft.store,
    s => s.caret,
  )
  const field = useRef<HTMLTextAreaElement>(null)
  /** The field is empty because the user has deleted what stood there. */
  const deleted = useRef(false)
  const recall = useMemo(
    () =>
      createRecall(() => {
        const { messages } = desk.transcript.store.getState()
        const { entries } = desk.outbox.store.getState()
        // What programs say, such as a bot that shows the audience's chat, nobody has typed here.
        const typed = messages.filter(message => lineKey(message) !== undefined)
        const published = new Set(typed.map(lineKey))
        const unsent = entries.filter(({ key }) => !published.has(key))
        return [...typed, ...unsent].map(({ data }) => editableText(data))
      }),
    [desk],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: at each text that came from elsewhere
  useEffect(() => {
    const element = field.current
    deleted.current = false
    if (!element) return
    element.setSelectionRange(caret, caret)
    element.scrollTop = element.scrollHeight
  }, [revision])

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    const press = event.nativeEvent
    if (isComposing(press)) return
    const name = keyName(press)
    const action = keyAction(name, sendKey)
    if (action) {
      event.preventDefault()
      // Held down, it would also send what comes into the field after the line.
      if (press.repeat) return
      recall.reset()
      if (action === 'send') onSend()
      else onHold()
      return
    }
    const panel = name ? panelKeys[name] : undefined
    const format = name ? formatKeys[name] : undefined
    if (panel) {
      event.preventDefault()
      on.onPanel(panel)
    } else if (name === 'Ctrl+Shift+F') {
      event.preventDefault()
      on.onExpand()
    } else if (name === 'Ctrl+Shift+ ') {
      event.preventDefault()
      clearFormat(event.currentTarget)
    } else if (name === 'Ctrl+S') {
      // Everything is kept at every key; the browser's own dialogue would only be in the way.
      event.preventDefault()
    } else if (format) {
      event.preventDefault()
      wrapSelection(event.currentTarget, format)
    } else if (name === 'Ctrl+Z' && text === '' && !deleted.current) {
      event.preventDefault()
      // Who holds it down takes back what was typed: the lines on the stream are not meant.
      if (!press.repeat) void undoLast()
    } else if (name === 'ArrowUp' || name === 'ArrowDown') walk(event, name)
  }

  /** Up and down walk through sent lines where the caret has no line to go to. */
  function walk(event: KeyboardEvent<HTMLTextAreaElement>, name: 'ArrowUp' | 'ArrowDown'): void {
    const { selectionStart, selectionEnd, value } = event.currentTarget
    if (selectionStart !== selectionEnd) return
    const up = name === 'ArrowUp'
    const atEdge = up
      ? !value.slice(0, selectionStart).includes('\n')
      : !value.slice(selectionEnd).includes('\n')
    if (!atEdge) return
    const found = up ? recall.older(value) : recall.newer()
    if (found === null) return
    event.preventDefault()
    desk.draft.put(found)
  }

  /** A picture goes to the server and into the line; text is the browser's to insert. */
  function takePicture(event: SyntheticEvent, data: DataTransfer): void {
    const file = [...data.files].find(({ type }) => type.startsWith('image/'))
    if (!file || data.types.includes('text/plain')) return
    event.preventDefault()
    on.onPicture(file)
  }

  return (
    <textarea
      ref={field}
      id={COMPOSER_ID}
      className={`textarea w-full resize-none px-3 py-2 text-base leading-6 ${tall ? 'h-full' : 'field-sizing-content max-h-40 min-h-10'}`}
      aria-label={t('live.line')}
      aria-invalid={invalid || undefined}
      aria-describedby={describedBy}
      placeholder={t('live.linePlaceholder')}
      rows={1}
      spellCheck={false}
      autoComplete="off"
      enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
      value={text}
      onChange={event => {
        recall.reset()
        const { value } = event.target
        const { inputType } = event.nativeEvent as InputEvent
        deleted.current = value === '' && inputType?.startsWith('delete')
        onType(value)
        desk.draft.setText(value)
      }}
      onKeyDown={onKeyDown}
      onPaste={event => takePicture(event, event.clipboardData)}
      onDrop={event => takePicture(event, event.dataTransfer)}
      // biome-ignore lint/a11y/noAutofocus: the composer is what this app is for
      autoFocus
    />
  )
}

const panelKeys: Record<string, PanelName | undefined> = {
  'Ctrl+E': 'emoji',
  'Ctrl+Shift+C': 'palette',
  'Ctrl+Shift+I': 'pictures',
}

function keyAction(name: string | null, sendKey: 'enter' | 'ctrl-enter'): 'send' | 'hold' | null {
  if (name === 'Alt+Enter') return 'hold'
  if (name === 'Ctrl+Enter') return 'send'
  if (name === 'Enter' && sendKey === 'enter') return 'send'
  return null
}
