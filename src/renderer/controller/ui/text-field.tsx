import { useId, useState } from 'react'
import { isComposing } from '../lib/keys.ts'
import { Field } from './field.tsx'

interface TextFieldProps {
  label: string
  hint?: string
  value: string
  /** Characters. */
  maxLength: number
  placeholder?: string
  /** Offered while one types; anything else can be typed too. */
  suggestions?: readonly string[]
  /** What is wrong with a text, in words; null where nothing is. What is wrong stays as it was typed. */
  check?(typed: string): string | null
  /** Gets it without the spaces around it. */
  onChange(value: string): void
}

/** Text that counts once it is typed: on leaving the field, or on Enter. Escape takes it back. */
export function TextField({
  label,
  hint,
  value,
  maxLength,
  placeholder,
  suggestions,
  check,
  onChange,
}: TextFieldProps) {
  const list = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  function settle(): void {
    if (typed === null) return
    const text = typed.trim()
    const problem = text === value ? null : (check?.(text) ?? null)
    setWrong(problem)
    if (problem !== null) return
    setTyped(null)
    if (text !== value) onChange(text)
  }
  return (
    <Field label={label} {...(hint ? { hint } : {})} error={wrong}>
      {control => (
        <>
          <input
            {...control}
            className="input input-sm w-full"
            autoComplete="off"
            spellCheck={false}
            maxLength={maxLength}
            placeholder={placeholder}
            list={suggestions && list}
            value={typed ?? value}
            onChange={event => setTyped(event.target.value)}
            onBlur={settle}
            onKeyDown={event => {
              if (isComposing(event.nativeEvent)) return
              if (event.key === 'Enter') settle()
              if (event.key !== 'Escape') return
              setTyped(null)
              setWrong(null)
            }}
          />
          {suggestions && (
            <datalist id={list}>
              {suggestions.map(text => (
                <option key={text} value={text} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}
