import type { ReactNode } from 'react'

/** The frame of the pages before the desk: one column, top-left aligned like a form, not a poster. */
export function GateCard({ title, hint, children }: { title: string; hint?: string; children?: ReactNode }) {
  return (
    <main className="flex h-full items-start justify-center overflow-y-auto px-4 pt-[14vh] pb-8">
      <div className="w-full max-w-88 rounded-box border border-line bg-base-100 p-6">
        <h1 className="text-lg">{title}</h1>
        {hint && <p className="mt-1 text-quiet">{hint}</p>}
        {children && <div className="mt-5">{children}</div>}
      </div>
    </main>
  )
}
