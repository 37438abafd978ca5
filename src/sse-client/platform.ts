/** The global object. (In the script files `globalThis` is a variable of their own: scripts/client/es5.ts.) */
export const root: typeof globalThis = globalThis

/** The longest wait asked of a timer, in ms: one of more than 2 ** 31 - 1 would fire at once. */
export const MAX_TIMER = 2e9

export function noop(): void {}

/** Whether fetch gives the body as a stream here, and all that goes with it. */
export function canStreamFetch(): boolean {
  return (
    typeof Response === 'function' &&
    'body' in Response.prototype &&
    typeof AbortController === 'function' &&
    typeof TextDecoder === 'function'
  )
}

/** Throws an error outside the present call, as a browser does with what an event listener throws. */
export function reportError(error: unknown): void {
  setTimeout(() => {
    throw error
  })
}
