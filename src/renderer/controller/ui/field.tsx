import { type ReactNode, useId } from 'react'

interface FieldProps {
  label: string
  hint?: string
  /** Said beside the field in words; the field is marked invalid. */
  error?: string | null
  /** Gives the control its id and what describes it. */
  children(control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }): ReactNode
}

/** A labelled control with its hint and its error. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const described = error || hint ? `${id}-note` : undefined
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {(error || hint) && (
        <p
          id={described}
          className={`text-xs ${error ? 'text-error' : 'text-quiet'}`}
          role={error ? 'alert' : undefined}
        >
          {error || hint}
        </p>
      )}
    </div>
  )
}
