import { ChevronDown, ChevronUp, MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDesk, useDeskStore } from '../../desk/context.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Empty } from '../../ui/empty.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { ListSkeleton } from '../../ui/list-skeleton.tsx'

interface SpeakerListProps {
  edited: string | null
  onEdit(id: string): void
}

/** The speakers in the order of their number keys. */
export function SpeakerList({ edited, onEdit }: SpeakerListProps) {
  const { t } = useTranslation()
  const desk = useDesk()
  const { items, loaded, problem } = useDeskStore(
    d => d.speakers.store,
    s => s,
  )
  if (!loaded) return problem ? null : <ListSkeleton />
  if (items.length === 0) return <Empty icon={MessagesSquare}>{t('speakers.empty')}</Empty>
  return (
    <ol aria-label={t('live.speakers')} className="flex flex-col gap-0.5">
      {items.map((item, index) => (
        <li key={item.id} className="flex items-center">
          <button
            type="button"
            aria-current={item.id === edited || undefined}
            className="flex min-w-0 flex-1 items-center gap-2 rounded-field px-2 py-1.5 text-left hover:bg-base-200 aria-[current]:bg-primary/10"
            onClick={() => onEdit(item.id)}
          >
            <Avatar speaker={item} />
            <span className="min-w-0 flex-1 truncate" title={item.name}>
              {item.name}
            </span>
            {index < 9 && <kbd className="flex-none text-quiet text-xs max-md:hidden">Alt+{index + 1}</kbd>}
          </button>
          <IconButton
            icon={ChevronUp}
            label={`${t('common.moveUp')}: ${item.name}`}
            disabled={index === 0}
            onClick={() => void desk.speakers.move(item.id, index - 1)}
          />
          <IconButton
            icon={ChevronDown}
            label={`${t('common.moveDown')}: ${item.name}`}
            disabled={index === items.length - 1}
            onClick={() => void desk.speakers.move(item.id, index + 1)}
          />
        </li>
      ))}
    </ol>
  )
}
