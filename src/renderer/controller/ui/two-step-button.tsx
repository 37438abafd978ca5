import { useEffect, useState } from 'react'

interface TwoStepButtonProps {
  label: string
  /** What the second press asks. */
  question: string
  onConfirm(): void
}

/**
 * For what cannot be taken back: the first press asks, the second does it. The question goes by itself. A double click
 * and a key that is held down are one press.
 */
export function TwoStepButton({ label, question, onConfirm }: TwoStepButtonProps) {
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (!asking) return
    const timer = setTimeout(() => setAsking(false), 4_000)
    return () => clearTimeout(timer)
  }, [asking])
  return (
    <button
      type="button"
      aria-live="polite"
      className={`btn btn-sm ${asking ? 'btn-error' : 'btn-ghost text-error'}`}
      onBlur={() => setAsking(false)}
      onKeyDown={event => event.repeat && event.key === 'Enter' && event.preventDefault()}
      onClick={event => {
        if (asking && event.detail > 1) return
        setAsking(!asking)
        if (asking) onConfirm()
      }}
    >
      {asking ? question : label}
    </button>
  )
}
