/** Milliseconds before the first try again; each failure in a row doubles it, up to a minute. */
const FIRST_WAIT = 1_000
const LONGEST_WAIT = 60_000

/**
 * Connects again and again, and says why and when.
 * @param connect resolves when the connection has ended; calls `onJoined` once it was good, which forgives the failures before
 */
export async function keepConnected(connect: (onJoined: () => void) => Promise<void>): Promise<never> {
  for (let failures = 0; ; failures++) {
    const why = await connect(() => {
      failures = 0
    }).then(
      () => 'the connection has ended',
      error => (error as Error).message,
    )
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** failures)
    console.error(`${why}; again in ${wait / 1_000} s`)
    await new Promise(resolve => setTimeout(resolve, wait))
  }
}
