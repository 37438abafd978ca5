import { GripVertical, SendHorizontal, X } from 'lucide-react'
import type { KeyboardEvent, PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLine } from '../../desk/held.ts'
import { IconButton } from '../../ui/icon-button.tsx'

interface HeldRowProps {
  line: HeldLine
  index: number
  dragged: boolean
  /** Where the dragged line would go: before this row, or after it at the end of the list. */
  dropHere: 'before' | 'after' | null
  onRowDown(event: PointerEvent<HTMLElement>): void
  onHandleDown(event: PointerEvent<HTMLElement>): void
  onMove(to: number): void
  onSend(): void
  onEdit(): void
  onRemove(): void
}

const marks = {
  before: 'border-t-primary border-b-transparent',
  after: 'border-b-primary border-t-transparent',
}

/** A held line. Dragged by mouse or finger, moved by Alt+Up and Alt+Down, opened by a press. */
export function HeldRow({ line, index, dragged, dropHere, ...on }: HeldRowProps) {
  const { t } = useTranslation()
  function onKeyDown(event: KeyboardEvent): void {
    const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null
    if (event.altKey && to !== null) on.onMove(to)
    else if (event.key === 'Delete') on.onRemove()
    else return
    event.preventDefault()
  }
  return (
    <li
      data-key={line.key}
      className={`group flex select-none items-center gap-1 border-y-2 pr-2 pl-1 hover:bg-base-200 ${dropHere ? marks[dropHere] : 'border-transparent'} ${dragged ? 'opacity-40' : ''}`}
      onPointerDown={on.onRowDown}
      // A long press takes the row along; the system's own menu would end that.
      onContextMenu={event => dragged && event.preventDefault()}
    >
      <span
        title={t('live.dragHint')}
        className="flex size-7 flex-none cursor-grab touch-none items-center justify-center text-quiet active:cursor-grabbing touch:size-10"
        onPointerDown={on.onHandleDown}
      >
        <GripVertical className="size-4" aria-hidden="true" />
      </span>
      <button
        type="button"
        className="min-w-0 flex-1 truncate rounded-selector px-1 py-1 text-left"
        aria-description={t('live.dragHint')}
        title={line.text}
        onKeyDown={onKeyDown}
        onClick={on.onEdit}
      >
        {line.speaker && <bdi className="mr-2 font-semibold">{line.speaker}</bdi>}
        {line.text}
      </button>
      <span data-no-drag className="flex flex-none">
        <IconButton icon={SendHorizontal} label={t('live.sendNow')} onClick={on.onSend} />
        <IconButton icon={X} label={t('live.remove')} onClick={on.onRemove} />
      </span>
    </li>
  )
}
