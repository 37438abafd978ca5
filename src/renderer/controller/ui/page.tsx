import { type ReactNode, useId } from 'react'

interface PageProps {
  title: string
  actions?: ReactNode
  children: ReactNode
}

/** A section other than Live: a heading, its actions, and one column that scrolls. */
export function Page({ title, actions, children }: PageProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex h-full min-h-0 flex-col">
      <header className="flex min-h-12 flex-none flex-wrap items-center gap-2 border-line border-b px-4 py-2">
        <h1 id={id} className="flex-1 text-base">
          {title}
        </h1>
        {actions}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <div data-page className="min-h-0 flex-1 overflow-y-auto p-4" tabIndex={0}>
        {children}
      </div>
    </section>
  )
}
