const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/5', 'w-2/5']

/** The shape of a few rows, while a list is on its way. */
export function ListSkeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="flex flex-col gap-3 px-4 py-2">
      {WIDTHS.slice(0, rows).map(width => (
        <div key={width} className={`h-4 rounded-selector bg-base-300/60 ${width}`} />
      ))}
    </div>
  )
}
