/** Of a clock or a calendar, `05`. */
export const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `2026-01-05`, by this computer's time zone. */
export function dateStamp(date: Date): string {
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`
}
