import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'

interface GridProps {
  label: string
  /** One row, as narrow as it must be. */
  row?: boolean
  children: ReactNode
}

/** Buttons in rows. One stop of the Tab key; the arrows move within it. */
export function Grid({ label, row = false, children }: GridProps) {
  const box = useRef<HTMLFieldSetElement>(null)
  // Whatever has come and gone: one of the buttons is reached by Tab, and it is the one that was.
  useLayoutEffect(() => {
    const buttons = [...box.current!.querySelectorAll('button')]
    const stop = buttons.find(button => button.getAttribute('tabindex') === '0') ?? buttons[0]
    for (const button of buttons) button.tabIndex = button === stop ? 0 : -1
  })
  return (
    <fieldset
      ref={box}
      aria-label={label}
      className={`flex ${row ? 'touch:grid min-w-0 touch:grid-cols-7 touch:*:w-full' : 'flex-wrap'}`}
      onKeyDown={moveWithin}
    >
      {children}
    </fieldset>
  )
}

function moveWithin(event: KeyboardEvent<HTMLElement>): void {
  const buttons = [...event.currentTarget.querySelectorAll('button')]
  const at = buttons.indexOf(event.target as HTMLButtonElement)
  const next = at < 0 ? undefined : neighbour(buttons, at, event.key)
  if (!next) return
  event.preventDefault()
  buttons[at]!.tabIndex = -1
  next.tabIndex = 0
  next.focus()
}

function neighbour(buttons: HTMLButtonElement[], at: number, key: string): HTMLButtonElement | undefined {
  const here = buttons[at]!
  if (key === 'ArrowRight') return buttons[at + 1]
  if (key === 'ArrowLeft') return buttons[at - 1]
  if (key === 'Home') return buttons[0]
  if (key === 'End') return buttons.at(-1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined
  const rows = key === 'ArrowDown' ? buttons.slice(at + 1) : buttons.slice(0, at).reverse()
  const row = rows.find(button => button.offsetTop !== here.offsetTop)?.offsetTop
  return rows
    .filter(button => button.offsetTop === row)
    .sort((a, b) => Math.abs(a.offsetLeft - here.offsetLeft) - Math.abs(b.offsetLeft - here.offsetLeft))[0]
}
