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

/** Milliseconds between two lines: ten a second, half of what a server allows a token of another machine. */
const PACE = 100
/** Lines that may wait; what is older than these nobody wants to read any more. */
const LONGEST_QUEUE = 200
/** Milliseconds. */
const LONGEST_WAIT = 30_000

const sleep = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** Sends chat lines to a room one after the other, each once, however often the server has to be asked. */
export function createOverlay(options: OverlayOptions): (line: ChatLine) => void {
  const waiting: ChatLine[] = []
  let left = 0
  let sending = false

  async function sendAll(): Promise<void> {
    sending = true
    for (let line = waiting.shift(); line; line = waiting.shift()) {
      // One refused line must not hold up those behind it.
      const { speaker, text } = line
      await publish(line, options).catch(error =>
        console.error(`not sent: ${speaker}: ${text} (${error.message})`),
      )
      await sleep(PACE)
    }
    sending = false
    if (left > 0) console.error(`${left} lines came too fast and were left out`)
    left = 0
  }

  return line => {
    waiting.push(line)
    if (waiting.length > LONGEST_QUEUE) {
      waiting.shift()
      left++
    }
    if (!sending) void sendAll()
  }
}

/** @throws where the server refuses for good, with what it said. */
async function publish(
  { id, speaker, text }: ChatLine,
  { server, token, room }: OverlayOptions,
): Promise<void> {
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
    const asked = Number(response?.headers.get('retry-after') ?? 0) * 1_000
    await sleep(asked || Math.min(LONGEST_WAIT, 500 * 2 ** attempt))
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
