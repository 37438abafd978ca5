import { History as HistoryIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../shared/message.ts'
import type { Failure } from '../../api/request.ts'
import { useDesk } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { editableText } from '../../desk/message-text.ts'
import { Empty } from '../../ui/empty.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'
import { Notice } from '../../ui/notice.tsx'
import { useFailureWords } from '../../ui/use-failure-words.ts'
import { HistoryRow } from './history-row.tsx'
import { useHistory } from './use-history.ts'

interface HistoryListProps {
  search: string
  onProblem(problem: Failure): void
}

/** All lines of the room that match: sent again, edited, taken back. */
export function HistoryList({ search, onProblem }: HistoryListProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const say = useFailureWords()
  const { messages, busy, failure, hasOlder, loadOlder, reload, remove } = useHistory(search)

  async function retract(message: Message): Promise<void> {
    const answer = await desk.retract(message.id)
    if (answer.ok || answer.failure.status === 404) remove(message.id)
    else onProblem(answer.failure)
  }

  return (
    <>
      {failure && (
        <Notice
          tone="error"
          action={
            <button type="button" className="btn btn-sm" onClick={reload}>
              {t('common.retry')}
            </button>
          }
        >
          {say(failure)}
        </Notice>
      )}
      {messages.length === 0 && busy && <ListSkeleton rows={4} />}
      {messages.length === 0 && !busy && !failure && (
        <Empty icon={HistoryIcon}>{search ? t('history.noMatch') : t('history.empty')}</Empty>
      )}
      <ol className="flex flex-col">
        {messages.map(message => (
          <HistoryRow
            key={message.id}
            message={message}
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
            onRetract={() => void retract(message)}
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
