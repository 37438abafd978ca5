import { once } from 'node:events'
import { connect } from 'node:net'
import { SENTENCE, stamp } from './messages.ts'

/** Where and how a server takes a message. */
export interface PublishTarget {
  port: number
  path: string
  headers: Record<string, string>
  /** The request's body for a text. */
  body(text: string): string
}

export interface Publisher {
  /** Sends one message; resolves when the server has accepted it. @throws for a refusal. */
  publish(): Promise<void>
  close(): void
}

/** One keep-alive connection that publishes one message after the other. Cheaper than an HTTP client. */
export async function openPublisher({ port, path, headers, body }: PublishTarget): Promise<Publisher> {
  const socket = connect({ host: '127.0.0.1', port })
  socket.setNoDelay(true)
  await once(socket, 'connect')
  const head = Object.entries({ Host: `127.0.0.1:${port}`, ...headers })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  let answered: ((error?: Error) => void) | undefined
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    if (end === -1) return
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length < end + 4 + length) return
    const status = text.slice(9, 12)
    const answer = text
    text = ''
    answered?.(status.startsWith('2') ? undefined : new Error(`refused: ${answer}`))
  })
  // `close` follows, and tells.
  socket.on('error', () => {})
  socket.on('close', () => answered?.(new Error('the server closed the connection')))
  return {
    publish() {
      const bytes = Buffer.from(body(stamp() + SENTENCE))
      return new Promise((resolve, reject) => {
        answered = error => (error ? reject(error) : resolve())
        socket.cork()
        socket.write(`POST ${path} HTTP/1.1\r\n${head}Content-Length: ${bytes.length}\r\n\r\n`)
        socket.write(bytes)
        socket.uncork()
      })
    },
    close: () => socket.destroy(),
  }
}
