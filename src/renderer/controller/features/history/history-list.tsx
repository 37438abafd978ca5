import { History as HistoryIcon } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../shared/message.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { editableText } from '../../desk/message-text.ts'
import { leaveRow, oneRowForKey } from '../../lib/leave-row.ts'
import { Empty } from '../../ui/empty.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'
import { Unread } from '../../ui/unread.tsx'
import { HistoryRow } from './history-row.tsx'
import { useHistory } from './use-history.ts'

interface HistoryListProps {
  search: string
  /** @param problem of the last attempt; null: it went well */
  onProblem(problem: Failure | null): void
}

/** All lines of the room that match: sent again, edited, taken back. */
export function HistoryList({ search, onProblem }: HistoryListProps) {
  const { t, i18n } = useTranslation()
  const desk = useDesk()
  const { messages, busy, failure, hasOlder, loadOlder, reload, remove } = useHistory(search)

  const { language } = i18n
  const dates = useMemo(() => {
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium' })
    const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
    return { day: (time: number) => day.format(time), clock: (time: number) => clock.format(time) }
  }, [language])

  async function retract(message: Message, row: Element | null): Promise<void> {
    const pressed = document.activeElement
    // At once: the stream may tell that it is gone before the answer does.
    leaveRow(row, focusComposer)
    const answer = await desk.retract(message.id)
    onProblem(answer.ok ? null : answer.failure)
    if (answer.ok) remove(message.id)
    else if (row?.contains(pressed) && pressed instanceof HTMLElement) pressed.focus()
  }

  return (
    <>
      {failure && <Unread failure={failure} onRetry={reload} />}
      {messages.length === 0 && busy && <ListSkeleton rows={4} />}
      {messages.length === 0 && !busy && !failure && (
        <Empty icon={HistoryIcon}>{search ? t('history.noMatch') : t('history.empty')}</Empty>
      )}
      <ol className="flex flex-col" onKeyDownCapture={oneRowForKey}>
        {messages.map(message => (
          <HistoryRow
            key={message.id}
            message={message}
            dates={dates}
            onResend={() =>
              desk.publish({
                speaker: message.speaker,
                data: message.data,
                ...(message.label ? { label: message.label } : {}),
              })
            }
            onEdit={() => {
              desk.draft.replace(editableText(message.data), message.speaker, message.label ?? '')
              focusComposer()
            }}
            onRetract={row => void retract(message, row)}
          />
        ))}
      </ol>
      {hasOlder && (
        <button
          type="button"
          className="btn btn-sm mt-3"
          aria-busy={busy}
          disabled={busy}
          onClick={loadOlder}
        >
          {busy ? t('common.loading') : t('history.older')}
        </button>
      )}
    </>
  )
}
