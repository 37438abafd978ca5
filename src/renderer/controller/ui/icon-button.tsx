import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes } from 'react'

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon: LucideIcon
  /** The accessible name, and the tooltip unless `title` says more. */
  label: string
  /** For a switch whose name stays; a button whose name changes says its state by that. */
  pressed?: boolean
  /** Looks pressed. */
  active?: boolean
}

/** A square button with an icon. A mouse press does not take the focus from the composer. */
export function IconButton({
  icon: Icon,
  label,
  pressed,
  active = pressed,
  className = '',
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      aria-pressed={pressed}
      onMouseDown={event => event.preventDefault()}
      className={`btn btn-square btn-ghost btn-sm flex-none ${active ? 'btn-active' : ''} ${className}`}
      {...rest}
    >
      <Icon className="icon" aria-hidden="true" />
    </button>
  )
}
