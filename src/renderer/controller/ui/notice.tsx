import { CircleAlert, Info } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'

interface NoticeProps {
  tone?: 'info' | 'warning' | 'error'
  children: ReactNode
  action?: ReactNode
}

const grounds = {
  info: 'border-line bg-base-200',
  warning: 'border-warning/60 bg-warning/15',
  error: 'border-error/50 bg-error/10',
}

/** One sentence that matters, with its way on. An error that stands outside what is seen is scrolled to. */
export function Notice({ tone = 'info', children, action }: NoticeProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (tone === 'error') box.current?.scrollIntoView({ block: 'nearest' })
  }, [tone])
  const Icon = tone === 'info' ? Info : CircleAlert
  return (
    <div
      ref={box}
      className={`flex flex-wrap items-center gap-2 rounded-box border px-3 py-2 text-sm ${grounds[tone]}`}
      role={tone === 'error' ? 'alert' : 'status'}
    >
      {/* Where buttons would leave a column of single letters, they stand below. */}
      <div className="flex min-w-0 flex-[1_1_10rem] items-center gap-2">
        <Icon className="icon" aria-hidden="true" />
        <div className="wrap-anywhere min-w-0 flex-1">{children}</div>
      </div>
      {action && <div className="ml-auto flex flex-wrap justify-end gap-2">{action}</div>}
    </div>
  )
}
