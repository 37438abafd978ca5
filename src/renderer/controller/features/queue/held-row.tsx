import { GripVertical, SendHorizontal, X } from 'lucide-react'
import type { DragEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldLine } from '../../desk/held.ts'
import { IconButton } from '../../ui/icon-button.tsx'

interface HeldRowProps {
  line: HeldLine
  index: number
  dragged: boolean
  /** Where the dragged line would go: before this row. */
  dropHere: boolean
  onDragStart(): void
  onDragOver(event: DragEvent): void
  onDragEnd(): void
  onMove(to: number): void
  onSend(): void
  onEdit(): void
  onRemove(): void
}

/** A held line. Dragged by mouse, moved by Alt+Up and Alt+Down, sent by Enter. */
export function HeldRow({ line, index, dragged, dropHere, ...on }: HeldRowProps) {
  const { t } = useTranslation()
  function onKeyDown(event: KeyboardEvent): void {
    if (event.target !== event.currentTarget) return
    const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : null
    if (event.altKey && to !== null) on.onMove(to)
    else if (event.key === 'Delete') on.onRemove()
    else return
    event.preventDefault()
  }
  return (
    <li
      draggable
      data-key={line.key}
      title={t('live.dragHint')}
      className={`group flex items-center gap-1 border-t-2 py-0.5 pr-2 pl-2 hover:bg-base-200 ${dropHere ? 'border-primary' : 'border-transparent'} ${dragged ? 'opacity-40' : ''}`}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', line.text)
        on.onDragStart()
      }}
      onDragOver={on.onDragOver}
      onDragEnd={on.onDragEnd}
    >
      <GripVertical className="size-4 flex-none cursor-grab text-quiet" aria-hidden="true" />
      <button
        type="button"
        className="min-w-0 flex-1 truncate rounded-selector px-1 py-1 text-left"
        aria-description={t('live.dragHint')}
        onKeyDown={onKeyDown}
        onClick={on.onEdit}
      >
        {line.speaker && <span className="mr-2 font-semibold">{line.speaker}</span>}
        {line.text}
      </button>
      <IconButton icon={SendHorizontal} label={t('live.sendNow')} onClick={on.onSend} />
      <IconButton icon={X} label={t('live.remove')} onClick={on.onRemove} />
    </li>
  )
}
