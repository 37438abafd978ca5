import type { KeyboardEvent } from 'react'

/**
 * For a row that is about to go from its list: where one of its buttons has the focus, the same button of the row beside it takes
 * it, else the keyboard would be thrown out of the list.
 * @param otherwise takes the focus where there is no other row
 */
export function leaveRow(row: Element | null | undefined, otherwise: () => void): void {
  const focused = document.activeElement
  if (!row?.contains(focused)) return
  const beside = row.nextElementSibling ?? row.previousElementSibling
  const at = [...row.querySelectorAll<Element>('button')].indexOf(focused!)
  const button = beside?.querySelectorAll('button')[at]
  if (button) button.focus()
  else otherwise()
}

/**
 * For the keydown of such a list, in the capture phase: a key that is held down presses one button, not that of each row that
 * comes to stand there.
 */
export function oneRowForKey(event: KeyboardEvent): void {
  if (!event.repeat || (event.key !== 'Enter' && event.key !== 'Delete')) return
  event.preventDefault()
  event.stopPropagation()
}
