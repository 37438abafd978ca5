import { leaveRow } from '../../lib/leave-row.ts'

/** Called before the row that one acts on goes from its list: the keyboard stays there, or goes to the group's first field. */
export function leaveFocusedRow(): void {
  const row = document.activeElement?.closest('li')
  leaveRow(row, () => row?.closest('section')?.querySelector<HTMLElement>('input, select')?.focus())
}
