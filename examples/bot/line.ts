export interface LineOptions {
  url: string
  /** Milliseconds between two beats. */
  interval: number
  /** Says something that the service answers. */
  beat(socket: WebSocket): void
  onOpen(socket: WebSocket): void
  /** @param data text, or an ArrayBuffer */
  onMessage(data: unknown, socket: WebSocket): void
}

/**
 * Opens a WebSocket and keeps it busy. A line may be dead without a word, as after a sleep of the machine: where nothing at
 * all came between two beats it has ended, whether or not anybody confirms that.
 * @returns resolves when the connection has ended
 */
export function readLine({ url, interval, beat, onOpen, onMessage }: LineOptions): Promise<void> {
  return new Promise(resolve => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    let heard = false
    let clock: NodeJS.Timeout | undefined
    const over = new AbortController()
    const { signal } = over
    function end(): void {
      clearInterval(clock)
      over.abort()
      socket.close()
      resolve()
    }
    socket.addEventListener(
      'open',
      () => {
        onOpen(socket)
        heard = true
        clock = setInterval(() => {
          if (!heard) return end()
          heard = false
          beat(socket)
        }, interval)
      },
      { signal },
    )
    socket.addEventListener(
      'message',
      ({ data }) => {
        heard = true
        onMessage(data, socket)
      },
      { signal },
    )
    socket.addEventListener('close', end, { signal })
  })
}
