/**
 * For a row that is about to go from its list: where the focus is within it, the row beside it takes it, else the keyboard
 * would be thrown out of the list.
 * @param otherwise takes the focus where there is no other row
 */
export function leaveRow(row: Element | null | undefined, otherwise: () => void): void {
  if (!row?.contains(document.activeElement)) return
  const beside = row.nextElementSibling ?? row.previousElementSibling
  const button = beside?.querySelector('button')
  if (button) button.focus()
  else otherwise()
}
