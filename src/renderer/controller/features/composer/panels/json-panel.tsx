import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldIssues } from '../../../../../shared/field-issues.ts'
import { readMessage } from '../../../../../shared/markup/read-message.ts'
import { type MessageData, messageData } from '../../../../../shared/message.ts'
import { pickFile } from '../../../lib/files.ts'
import { readMessageFile } from '../../../lib/read-message-file.ts'
import { useOnce } from '../../../lib/use-once.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { issuesWords } from '../../../ui/failure-words.ts'
import { Field } from '../../../ui/field.tsx'
import { ComposerPanel } from './panel.tsx'

/** A message among others in one text. */
const asCall = (value: unknown) => `echolive.send(${JSON.stringify(value, null, 2)});`

const WHY_UNREADABLE = {
  syntax: 'picker.unreadableSyntax',
  end: 'picker.unreadableEnd',
  code: 'picker.unreadableCode',
  empty: 'picker.unreadableEmpty',
  'too-large': 'picker.unreadableSize',
} as const

interface JsonPanelProps {
  /** The line as it would be sent. */
  text: string
  /** @returns false when it could not be taken. */
  onSend(data: MessageData): boolean
  /** The line was sent as it was typed. */
  onLine(): void
  onClose(): void
}

/**
 * The line as the fragments that the player gets, to be read, copied, changed by hand and sent. Takes Echo-Live's message
 * files too.
 */
export function JsonPanel({ text, onSend, onLine, onClose }: JsonPanelProps) {
  const { t } = useTranslation()
  const written = JSON.stringify({ message: readMessage({ message: text }) }, null, 2)
  const [edited, setEdited] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const source = edited ?? written
  /** What was sent stands there, and is not sent a second time by a second press. */
  const [sent, setSent] = useState<string | null>(null)
  const [busy, once] = useOnce()
  const done = source === sent || (edited === null && text === '')

  /** @returns the message, or in words why it is none. */
  function check(content: unknown): MessageData | string {
    const data = messageData.safeParse(content)
    if (data.success) return data.data
    const issue = data.error.issues[0]!
    // Who writes JSON looks for the field's own name.
    const [found] = fieldIssues([issue], content)
    const at = found!.path.length > 0 ? found!.path : ['JSON']
    const words = issuesWords([{ ...found!, path: at }], t, path => path.join('.'))
    return words ?? t('picker.notMessage', { at: at.join('.'), reason: issue.message })
  }

  /** @returns in words what stands in the way; null when all of it was sent. */
  async function sendAll(): Promise<string | null> {
    const file = await readMessageFile(source)
    if (!file.ok) return t(WHY_UNREADABLE[file.reason], { ...file })
    const checked = file.values.map(check)
    // Nothing is sent of a file in which something is wrong: it would be sent again once that is mended.
    const wrong = checked.find(data => typeof data === 'string')
    if (wrong !== undefined) return wrong
    for (const [index, data] of (checked as MessageData[]).entries()) {
      if (onSend(data)) continue
      // What is left to be sent stays.
      if (index > 0) setEdited(file.values.slice(index).map(asCall).join('\n'))
      return t('live.outboxFull')
    }
    return null
  }

  async function send(): Promise<void> {
    const trouble = await sendAll()
    setProblem(trouble)
    if (trouble !== null) return
    setSent(source)
    if (edited === null) onLine()
  }

  async function open(): Promise<void> {
    const file = await pickFile('.js,.json,.txt,text/javascript,application/json')
    if (!file) return
    setEdited(await file.text())
    setProblem(null)
  }

  return (
    <ComposerPanel
      title="JSON"
      onClose={onClose}
      head={
        <>
          <CopyButton text={source} what="JSON" />
          <button type="button" className="btn btn-ghost btn-sm" onClick={() => void open()}>
            {t('picker.openFile')}
          </button>
          {edited !== null && (
            <button
              type="button"
              className="btn btn-ghost btn-sm"
              onClick={() => {
                setEdited(null)
                setProblem(null)
              }}
            >
              {t('picker.asTyped')}
            </button>
          )}
          <button
            type="button"
            className="btn btn-primary btn-sm"
            disabled={busy || done}
            onClick={() => void once(send)}
          >
            {t(source === sent ? 'live.sent' : 'live.send')}
          </button>
        </>
      }
    >
      <Field label={t('picker.json')} hint={t('picker.jsonHint')} error={problem}>
        {control => (
          <textarea
            {...control}
            className="textarea h-48 w-full font-mono text-xs"
            spellCheck={false}
            value={source}
            onChange={event => {
              setEdited(event.target.value)
              setProblem(null)
            }}
          />
        )}
      </Field>
    </ComposerPanel>
  )
}
