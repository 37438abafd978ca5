import {
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  type LucideIcon,
  Monitor,
  Pencil,
  RotateCcw,
  Undo2,
  X,
} from 'lucide-react'
import { type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageData } from '../../../../shared/message.ts'
import { IconButton } from '../../ui/icon-button.tsx'

export type RowState = 'waiting' | 'sending' | 'sent' | 'on-screen' | 'shown' | 'refused'

export interface Row {
  key: string
  /** The message's id; null while it is not published. */
  id: string | null
  speaker: string
  /** Without its markup. */
  text: string
  data: MessageData
  state: RowState
  /** Why it was refused, in words. */
  problem?: string
  label?: string
}

const icons: Record<RowState, LucideIcon> = {
  waiting: Clock,
  sending: Clock,
  sent: Check,
  'on-screen': Monitor,
  shown: CheckCheck,
  refused: CircleAlert,
}
const tones: Partial<Record<RowState, string>> = {
  'on-screen': 'text-primary',
  refused: 'text-error',
  shown: 'text-success',
}

interface LineRowProps {
  row: Row
  /** The narrow dock shows only what cannot be left out. */
  compact: boolean
  onTakeBack(row: Row): void
  onResend(row: Row): void
  onEdit(row: Row): void
}

/** One sent line with how far it has come. Its actions appear when it is pointed at or focused. */
export function LineRow({ row, compact, onTakeBack, onResend, onEdit }: LineRowProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const Icon = icons[row.state]
  const word = t(`live.${row.state}`)
  const refused = row.state === 'refused'

  /** On a touch screen a tap shows the actions; by keyboard they are reached anyway. */
  function toggle({ pointerType, target }: PointerEvent): void {
    // One that is tapped must still be there when the click follows.
    if (pointerType === 'touch' && !(target as Element).closest('button')) setOpen(!open)
  }
  return (
    <li
      data-state={row.state}
      onPointerUp={toggle}
      className={`group relative flex items-start gap-2 px-4 py-1.5 hover:bg-base-200 ${row.state === 'on-screen' ? 'bg-primary/8' : ''}`}
    >
      <span
        role="img"
        aria-label={word}
        title={word}
        className={`flex h-5.5 items-center ${tones[row.state] ?? 'text-quiet'}`}
      >
        <Icon className="size-4" strokeWidth={1.75} aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1 leading-5.5">
        <p className={`wrap-anywhere ${compact ? 'line-clamp-2' : 'line-clamp-3'}`}>
          {row.speaker && <bdi className="mr-2 font-semibold">{row.speaker}</bdi>}
          <span>{row.text}</span>
          {row.label && (
            <span className="ml-2 rounded-selector border border-line px-1 text-quiet text-xs">
              {row.label}
            </span>
          )}
        </p>
        {row.problem && <p className="text-error text-xs">{row.problem}</p>}
      </div>
      <div
        className={`absolute top-0.5 right-2 flex rounded-field border border-line bg-base-100 focus-within:opacity-100 pointer-fine:group-hover:opacity-100 ${open ? '' : 'pointer-events-none opacity-0'} focus-within:pointer-events-auto pointer-fine:group-hover:pointer-events-auto`}
      >
        {!compact && (
          <>
            <IconButton icon={RotateCcw} label={t('live.resend')} onClick={() => onResend(row)} />
            <IconButton icon={Pencil} label={t('live.editLine')} onClick={() => onEdit(row)} />
          </>
        )}
        {row.state !== 'sending' && (
          <IconButton
            icon={refused ? X : Undo2}
            label={refused ? t('live.dismiss') : t('live.takeBack')}
            onClick={() => onTakeBack(row)}
          />
        )}
      </div>
    </li>
  )
}
