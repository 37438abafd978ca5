import { type ReactNode, useId } from 'react'

interface PanelProps {
  title: string
  actions?: ReactNode
  children: ReactNode
  className?: string
}

/** A titled part of the desk. Only what is inside scrolls. */
export function Panel({ title, actions, children, className = '' }: PanelProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={`flex min-h-0 flex-col ${className}`}>
      <header className="flex h-10 flex-none items-center gap-1 px-4">
        <h2 id={id} className="min-w-0 flex-1 truncate text-sm">
          {title}
        </h2>
        {actions}
      </header>
      {children}
    </section>
  )
}
