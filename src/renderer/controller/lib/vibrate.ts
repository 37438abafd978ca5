/** True on a phone whose browser lets pages buzz (Safari does not). */
export function canVibrate(): boolean {
  return 'vibrate' in navigator && matchMedia('(pointer: coarse)').matches
}

/** A touch that is felt, milliseconds. */
const SHORT = 8

/** Nothing where the device or the browser cannot. */
export function vibrate(): void {
  if (canVibrate()) navigator.vibrate(SHORT)
}
