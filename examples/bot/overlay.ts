/** A line of somebody's chat. */
export interface ChatLine {
  /** The service's own id of it: makes a retry safe. */
  id: string
  speaker: string
  text: string
}

export interface OverlayOptions {
  /** The Streaming Message server. */
  server: string
  token: string
  room: string
}

/** Sends chat lines to a room one after the other, each once, however often the server has to be asked. */
export function createOverlay({ server, token, room }: OverlayOptions): (line: ChatLine) => Promise<void> {
  let last: Promise<void> = Promise.resolve()

  async function publish({ id, speaker, text }: ChatLine): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const response = await fetch(`${server}/api/v1/rooms/${room}/messages`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': id,
        },
        // Strangers wrote it: no markup.
        body: JSON.stringify({ speaker, data: { message: text, format: 'plain', from: 'chat' } }),
      }).catch(() => null)
      if (response?.ok) return
      if (response && response.status < 500 && response.status !== 429) {
        throw new Error(`the server answered ${response.status}: ${await response.text()}`)
      }
      const wait =
        Number(response?.headers.get('retry-after') ?? 0) * 1_000 || Math.min(30_000, 500 * 2 ** attempt)
      await new Promise(resolve => setTimeout(resolve, wait))
    }
  }

  return line => {
    const sent = last.then(() => publish(line))
    // One refused line must not hold up those behind it.
    last = sent.catch(error => console.error(`not sent: ${line.speaker}: ${line.text} (${error.message})`))
    return last
  }
}

/** @returns server, token and room as every bot takes them. Ends the program where the token is missing. */
export function readOverlayOptions(): OverlayOptions {
  const token = process.env.SM_TOKEN
  if (!token) {
    console.error('set SM_TOKEN to the token that the controller shows')
    process.exit(2)
  }
  return {
    server: process.env.SM_URL ?? 'http://localhost:8000',
    token,
    room: process.env.SM_ROOM ?? 'lobby',
  }
}
