import { Pencil, RotateCcw, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Message } from '../../../../shared/message.ts'
import { readableText } from '../../desk/message-text.ts'
import { IconButton } from '../../ui/icon-button.tsx'

/** Made once for all rows: a formatter takes longer to make than its row to draw. */
export interface Dates {
  /** Epoch milliseconds as a day and a time. */
  day(time: number): string
  clock(time: number): string
}

interface HistoryRowProps {
  message: Message
  dates: Dates
  /** @returns false where it could not be taken. */
  onResend(): boolean
  onEdit(): void
  onRetract(row: Element | null): void
}

/** One stored line. */
export function HistoryRow({ message, dates, onResend, onEdit, onRetract }: HistoryRowProps) {
  const { t } = useTranslation()
  const [resent, setResent] = useState<number | null>(null)
  return (
    <li className="flex items-start gap-3 border-line border-b py-1.5 last:border-0 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0">
      <time
        className="w-36 flex-none pt-1 text-quiet text-xs tabular-nums max-sm:order-1 max-sm:w-auto max-sm:flex-1"
        dateTime={new Date(message.time).toISOString()}
      >
        {dates.day(message.time)}
      </time>
      <p className="wrap-anywhere min-w-0 flex-1 whitespace-pre-line pt-0.5 max-sm:w-full max-sm:flex-none">
        {message.speaker && <bdi className="mr-2 font-semibold">{message.speaker}</bdi>}
        {readableText(message.data)}
        {message.label && (
          <span className="ml-2 rounded-selector border border-line px-1 text-quiet text-xs">
            {message.label}
          </span>
        )}
        {resent !== null && (
          <span role="status" className="ml-2 text-quiet text-xs">
            {t('history.resentAt', { time: dates.clock(resent) })}
          </span>
        )}
      </p>
      <div className="flex flex-none max-sm:order-2">
        <IconButton
          icon={RotateCcw}
          label={t('live.resend')}
          onClick={() => {
            if (onResend()) setResent(Date.now())
          }}
        />
        <IconButton icon={Pencil} label={t('live.editLine')} onClick={onEdit} />
        <IconButton
          icon={Undo2}
          label={t('live.takeBack')}
          onClick={event => onRetract(event.currentTarget.closest('li'))}
        />
      </div>
    </li>
  )
}
