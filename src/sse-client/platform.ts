/** The global object, in engines that have no `globalThis` too. */
export const root: typeof globalThis =
  typeof globalThis === 'object' ? globalThis : typeof self === 'object' ? self : window

/** The longest wait that timers take, in ms: a longer one would fire at once. */
export const MAX_TIMER = 0x7fffffff

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
