import { MessageSquareText } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { focusComposer } from '../../desk/focus.ts'
import { editableText } from '../../desk/message-text.ts'
import { Empty } from '../../ui/empty.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'
import { LineRow, type Row } from './line-row.tsx'
import { useRows } from './use-rows.ts'

/** Distance from the end within which the list follows new lines, px. */
const FOLLOW = 40

interface LinesProps {
  /** Only the last few, as in the dock. */
  last?: number
}

/** The list of sent lines. Follows the newest unless the user has scrolled up. */
export function Lines({ last }: LinesProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const all = useRows()
  const rows = last ? all.slice(-last) : all
  const loaded = useDeskStore(
    d => d.transcript.store,
    s => s.loaded,
  )
  const list = useRef<HTMLDivElement>(null)
  const following = useRef(true)

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the rows
  useEffect(() => {
    const element = list.current
    if (element && following.current) element.scrollTop = element.scrollHeight
  }, [rows])

  function takeBack(row: Row): void {
    if (row.id) void desk.attempt(desk.retract(row.id))
    else desk.outbox.remove(row.key)
    // A finger leaves the focus where it is: a phone's keyboard would come up.
    if (list.current?.contains(document.activeElement)) focusComposer()
  }
  function resend(row: Row): void {
    const publication = { speaker: row.speaker, data: row.data, ...(row.label ? { label: row.label } : {}) }
    if (row.state !== 'refused') {
      desk.publish(publication)
      return
    }
    // The same line at last, under the key it had: where only its answer got lost, it is not published anew.
    desk.outbox.remove(row.key)
    desk.publish(publication, row.key)
  }
  function edit(row: Row): void {
    desk.draft.replace(editableText(row.data), row.speaker, row.label ?? '')
    // What is not published yet is changed, not said in both forms; one on its way cannot be called back.
    if (row.state === 'refused' || row.state === 'waiting') desk.outbox.remove(row.key)
    focusComposer()
  }

  if (rows.length === 0)
    return loaded ? <Empty icon={MessageSquareText}>{t('live.noLines')}</Empty> : <ListSkeleton />
  return (
    <div
      ref={list}
      className="min-h-0 flex-1 overflow-y-auto pb-1"
      role="log"
      aria-label={t('live.lines')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < FOLLOW
      }}
    >
      <ol>
        {rows.map(row => (
          <LineRow
            key={row.key}
            row={row}
            compact={last !== undefined}
            onTakeBack={takeBack}
            onResend={resend}
            onEdit={edit}
          />
        ))}
      </ol>
    </div>
  )
}
