import { Download, History as HistoryIcon, Pencil, RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../shared/message.ts'
import { clearMessages, listMessages } from '../../api/messages.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { editableText, readableText } from '../../desk/message-text.ts'
import { dateStamp, downloadText } from '../../lib/files.ts'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { TwoStepButton } from '../../ui/two-step-button.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { type ExportFormat, formatMessages } from './export.ts'
import { useHistory } from './use-history.ts'

const TYPES = { json: 'application/json', csv: 'text/csv', text: 'text/plain' }
const ENDINGS = { json: 'json', csv: 'csv', text: 'txt' }

/** All lines of the room: found, sent again, taken back, taken along. */
export function HistoryPage() {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const [search, setSearch] = useState('')
  const { messages, busy, failure, hasOlder, loadOlder, remove } = useHistory(search.trim())
  const [problem, setProblem] = useState<Failure | null>(null)
  const [exported, setExported] = useState<number | null>(null)

  async function retract(message: Message): Promise<void> {
    const answer = await desk.retract(message.id)
    if (answer.ok || answer.failure.status === 404) remove(message.id)
    else setProblem(answer.failure)
  }
  async function clear(): Promise<void> {
    const answer = await clearMessages(desk.request, desk.roomId)
    setProblem(answer.ok ? null : answer.failure)
  }
  async function save(format: ExportFormat): Promise<void> {
    const all: Message[] = []
    let before: string | undefined
    do {
      setExported(all.length)
      const page = await listMessages(desk.request, desk.roomId, {
        limit: 500,
        ...(before ? { before } : {}),
      })
      if (!page.ok) {
        setExported(null)
        return setProblem(page.failure)
      }
      all.push(...page.value.messages)
      before = page.value.next ?? undefined
    } while (before)
    setExported(null)
    const name = `${desk.roomId}-${dateStamp(new Date())}.${ENDINGS[format]}`
    downloadText(name, formatMessages(all.reverse(), format), TYPES[format])
  }

  const actions = (
    <>
      <input
        type="search"
        className="input input-sm w-52"
        placeholder={t('common.search')}
        aria-label={t('common.search')}
        value={search}
        onChange={event => setSearch(event.target.value)}
      />
      <div className="dropdown dropdown-end">
        <button type="button" className="btn btn-sm" aria-haspopup="true" disabled={exported !== null}>
          <Download className="icon" aria-hidden="true" />
          {exported === null ? t('history.export') : t('history.exporting', { count: exported })}
        </button>
        <ul className="dropdown-content menu z-10 w-32 rounded-box border border-line bg-base-100 p-1">
          {(['text', 'csv', 'json'] as const).map(format => (
            <li key={format}>
              <button type="button" onClick={() => void save(format)}>
                {format === 'text' ? t('history.text') : format.toUpperCase()}
              </button>
            </li>
          ))}
        </ul>
      </div>
      <TwoStepButton
        label={t('history.clear')}
        question={t('history.clearSure')}
        onConfirm={() => void clear()}
      />
    </>
  )
  return (
    <Page title={t('live.history')} actions={actions}>
      {(failure ?? problem) && <Notice tone="error">{say((failure ?? problem)!)}</Notice>}
      {messages.length === 0 && !busy && (
        <Empty icon={HistoryIcon}>{search ? t('history.noMatch') : t('history.empty')}</Empty>
      )}
      <ol className="flex flex-col">
        {messages.map(message => (
          <HistoryRow
            key={message.id}
            message={message}
            onResend={() => desk.publish({ speaker: message.speaker, data: message.data })}
            onEdit={() => {
              desk.draft.put(editableText(message.data), message.speaker)
              focusComposer()
            }}
            onRetract={() => void retract(message)}
          />
        ))}
      </ol>
      {hasOlder && (
        <button type="button" className="btn btn-sm mt-3" disabled={busy} onClick={loadOlder}>
          {t('history.older')}
        </button>
      )}
    </Page>
  )
}

interface HistoryRowProps {
  message: Message
  onResend(): void
  onEdit(): void
  onRetract(): void
}

function HistoryRow({ message, onResend, onEdit, onRetract }: HistoryRowProps) {
  const { t, i18n } = useTranslation()
  const time = new Date(message.time)
  const short = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' }).format(
    time,
  )
  return (
    <li className="flex items-start gap-3 border-line border-b py-1.5 last:border-0 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0">
      <time
        className="w-36 flex-none pt-1 text-quiet text-xs tabular-nums max-sm:order-1 max-sm:w-auto max-sm:flex-1"
        dateTime={time.toISOString()}
      >
        {short}
      </time>
      <p className="wrap-anywhere min-w-0 flex-1 whitespace-pre-line pt-0.5 max-sm:w-full max-sm:flex-none">
        {message.speaker && <span className="mr-2 font-semibold">{message.speaker}</span>}
        {readableText(message.data)}
      </p>
      <div className="flex flex-none max-sm:order-2">
        <IconButton icon={RotateCcw} label={t('live.resend')} onClick={onResend} />
        <IconButton icon={Pencil} label={t('live.editLine')} onClick={onEdit} />
        <IconButton icon={Undo2} label={t('live.takeBack')} onClick={onRetract} />
      </div>
    </li>
  )
}
