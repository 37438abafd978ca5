import { useId } from 'react'

interface SliderProps {
  label: string
  value: number
  min: number
  max: number
  step: number
  /** How the value is said, with its unit. */
  format(value: number): string
  onChange(value: number): void
}

/** A number within bounds, with what it means beside it. */
export function Slider({ label, value, min, max, step, format, onChange }: SliderProps) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        <output htmlFor={id} className="flex-none text-quiet text-xs tabular-nums">
          {format(value)}
        </output>
      </div>
      <input
        id={id}
        type="range"
        className="h-5 w-full cursor-pointer accent-primary"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={format(value)}
        onChange={event => onChange(Number(event.target.value))}
      />
    </div>
  )
}
