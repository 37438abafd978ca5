import { type ReactNode, useId } from 'react'

/** A titled group of settings on a page. */
export function Group({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-line border-b pb-6 last:border-0">
      <h2 id={id} className="text-base">
        {title}
      </h2>
      {hint && <p className="mt-0.5 text-quiet text-sm">{hint}</p>}
      <div className="mt-3 flex flex-col gap-4">{children}</div>
    </section>
  )
}
