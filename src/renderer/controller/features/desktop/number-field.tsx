import { TextField } from '../../ui/text-field.tsx'

interface NumberFieldProps {
  label: string
  hint?: string
  value: number
  /** Both are allowed themselves. */
  bounds: readonly [least: number, most: number]
  /** Said where it is no whole number within the bounds. */
  wrong: string
  onChange(value: number): void
}

/** A whole number that is typed, where a slider would be too coarse. */
export function NumberField({
  label,
  hint,
  value,
  bounds: [least, most],
  wrong,
  onChange,
}: NumberFieldProps) {
  const fits = (typed: string) => /^\d+$/.test(typed) && Number(typed) >= least && Number(typed) <= most
  return (
    <TextField
      label={label}
      {...(hint ? { hint } : {})}
      value={String(value)}
      maxLength={String(most).length}
      check={typed => (fits(typed) ? null : wrong)}
      onChange={typed => onChange(Number(typed))}
    />
  )
}

/** TCP's. */
export const PORTS = [1, 65_535] as const
