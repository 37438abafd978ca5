import { useState } from 'react'
import { Field } from '../../ui/field.tsx'

interface TextFieldProps {
  label: string
  hint?: string
  error?: string | null
  value: string
  maxLength: number
  placeholder?: string
  onChange(value: string): void
}

/** Text that counts once it is typed: on leaving the field, or on Enter. Escape takes it back. */
export function TextField({ label, hint, error, value, maxLength, placeholder, onChange }: TextFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  function settle(): void {
    setTyped(null)
    if (typed !== null && typed.trim() !== value) onChange(typed.trim())
  }
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={error ?? null}>
      {control => (
        <input
          {...control}
          className="input input-sm w-full"
          autoComplete="off"
          spellCheck={false}
          maxLength={maxLength}
          placeholder={placeholder}
          value={typed ?? value}
          onChange={event => setTyped(event.target.value)}
          onBlur={settle}
          onKeyDown={event => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Enter') settle()
            if (event.key === 'Escape') setTyped(null)
          }}
        />
      )}
    </Field>
  )
}
