import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

/** An empty list says what to do. */
export function Empty({ icon: Icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <div className="flex h-full min-h-16 items-center gap-3 px-4 py-3 text-quiet text-sm">
      <Icon className="icon" aria-hidden="true" />
      <div className="min-w-0">{children}</div>
    </div>
  )
}
