/** True on a phone whose browser lets pages buzz (Safari does not). */
export function canVibrate(): boolean {
  return 'vibrate' in navigator && matchMedia('(pointer: coarse)').matches
}

/** A touch that is felt, milliseconds. */
const SHORT = 8

export function vibrate(): void {
  if (canVibrate()) navigator.vibrate(SHORT)
}
