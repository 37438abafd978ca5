import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fieldIssues } from '../../../../../shared/field-issues.ts'
import { withoutEchoCall } from '../../../../../shared/markup/echo-live.ts'
import { readMessage } from '../../../../../shared/markup/read-message.ts'
import { type MessageData, messageData } from '../../../../../shared/message.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import { issuesWords } from '../../../ui/failure-words.ts'
import { Field } from '../../../ui/field.tsx'
import { ComposerPanel } from './panel.tsx'

interface JsonPanelProps {
  /** The line as it would be sent. */
  text: string
  /** @returns false when it could not be taken. */
  onSend(data: MessageData): boolean
  onClose(): void
}

/** The line as the fragments that the player gets, to be read, copied, changed by hand and sent. */
export function JsonPanel({ text, onSend, onClose }: JsonPanelProps) {
  const { t } = useTranslation()
  const written = JSON.stringify({ message: readMessage({ message: text }) }, null, 2)
  const [edited, setEdited] = useState<string | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const source = edited ?? written

  /** @returns the message, or in words why it is none. */
  function read(): MessageData | string {
    let content: unknown
    try {
      content = JSON.parse(withoutEchoCall(source))
    } catch (error) {
      return t('picker.notJson', { reason: error instanceof Error ? error.message : '' })
    }
    const data = messageData.safeParse(content)
    if (data.success) return data.data
    const issue = data.error.issues[0]!
    // Who writes JSON looks for the field's own name.
    const [found] = fieldIssues([issue], content)
    const at = found!.path.length > 0 ? found!.path : ['JSON']
    const words = issuesWords([{ ...found!, path: at }], t, path => path.join('.'))
    return words ?? t('picker.notMessage', { at: at.join('.'), reason: issue.message })
  }

  function send(): void {
    const data = read()
    const trouble = typeof data === 'string' ? data : onSend(data) ? null : t('live.outboxFull')
    setProblem(trouble)
    if (trouble === null) setEdited(null)
  }

  return (
    <ComposerPanel
      title="JSON"
      onClose={onClose}
      head={
        <>
          <CopyButton text={source} what="JSON" />
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
          <button type="button" className="btn btn-primary btn-sm" onClick={send}>
            {t('live.send')}
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
