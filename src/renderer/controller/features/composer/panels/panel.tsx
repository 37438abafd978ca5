import { X } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { isComposing } from '../../../lib/keys.ts'
import { IconButton } from '../../../ui/icon-button.tsx'

interface PanelProps {
  title: string
  /** Beside the title. */
  head?: ReactNode
  /** Closes it and gives the focus back to the line. */
  onClose(): void
  children: ReactNode
}

/**
 * What is picked from, right over the composer, so that nothing else moves. Not modal: the line can be typed on.
 * Escape closes it.
 */
export function ComposerPanel({ title, head, onClose, children }: PanelProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      className="absolute inset-x-0 bottom-full z-20 in-data-expanded:static flex max-h-[min(22rem,50dvh)] flex-none flex-col border-line border-t bg-base-100 shadow-[0_-6px_16px_-8px_rgb(0_0_0/0.25)]"
      onKeyDown={event => {
        // The panel lies within the composer's form: Enter in one of its fields would send the line.
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault()
        if (event.key !== 'Escape' || isComposing(event.nativeEvent)) return
        event.stopPropagation()
        onClose()
      }}
    >
      <header className="flex flex-none items-center gap-2 px-4 pt-2 pb-1 max-md:px-2">
        <h2 id={id} className="min-w-0 truncate text-sm">
          {title}
        </h2>
        <div className="flex min-w-0 flex-1 items-center justify-end gap-1">{head}</div>
        <IconButton icon={X} label={t('common.close')} onClick={onClose} />
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-3 max-md:px-2">{children}</div>
    </section>
  )
}
