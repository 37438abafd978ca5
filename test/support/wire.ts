import { connect, type Socket } from 'node:net'

/** A connection on which bytes are sent as they are. */
export interface Wire {
  socket: Socket
  /** Sends one packet: it is with the server before the next one leaves. */
  send(bytes: string | Buffer): Promise<void>
  /** No more is sent; what is answered still comes. */
  end(): void
  /** Resolves with all that came, as soon as it fits, or the server has closed. */
  until(fits: (text: string) => boolean): Promise<string>
  /** Resolves with all that came when the server has closed the connection. */
  closed: Promise<string>
}

/** @param url of the server. */
export function openWire(url: string, address?: string): Wire {
  const { hostname, port } = new URL(url)
  const socket = connect({ host: address ?? hostname, port: Number(port), noDelay: true })
  let text = ''
  let waiting = () => {}
  socket.on('data', chunk => {
    text += chunk.toString('latin1')
    waiting()
  })
  socket.on('error', () => {})
  const closed = new Promise<string>(resolve => socket.on('close', () => resolve(text)))

  return {
    socket,
    closed,
    async send(bytes) {
      const packet = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes
      await new Promise<void>(resolve => socket.write(packet, () => resolve()))
      // The server has had its turn when it has answered somebody else.
      await fetch(`${url}/healthz`).then(answer => answer.text())
    },
    end: () => socket.end(),
    until(fits) {
      return new Promise(resolve => {
        waiting = () => fits(text) && resolve(text)
        socket.on('close', () => resolve(text))
        waiting()
      })
    },
  }
}

/** Sends packets one after the other. @returns all that came when the server has closed the connection. */
export async function speak(url: string, ...packets: (string | Buffer)[]): Promise<string> {
  const wire = openWire(url)
  for (const packet of packets) await wire.send(packet)
  return wire.closed
}

/** One answer of a connection, as it stands on the wire. */
export interface WireAnswer {
  status: number
  headers: Record<string, string>
  body: string
}

/** @param bodiless how many of the first answers are to HEAD. */
export function parseAnswers(text: string, bodiless = 0): WireAnswer[] {
  const answers: WireAnswer[] = []
  let rest = text
  while (rest.startsWith('HTTP/1.1 ')) {
    const end = rest.indexOf('\r\n\r\n')
    const [first, ...lines] = rest.slice(0, end).split('\r\n')
    const headers = Object.fromEntries(
      lines.map(line => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    )
    const length = answers.length < bodiless ? 0 : Number(headers['content-length'] ?? 0)
    answers.push({
      status: Number(first!.split(' ')[1]),
      headers,
      body: Buffer.from(rest.slice(end + 4, end + 4 + length), 'latin1').toString('utf8'),
    })
    rest = rest.slice(end + 4 + length)
  }
  return answers
}
