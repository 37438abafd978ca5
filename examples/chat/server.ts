import { createServer } from 'node:http'
import { type OpenEventStream, openEventStream } from '../../src/main/server/sse/index.ts'

/**
 * A chat with broadcast and direct messages.
 *
 *     npm start
 *     curl -N --location 'http://localhost:8888/chat/sse?username=hertz'
 *     curl --location --request POST 'http://localhost:8888/chat/broadcast?from=kitex&message=cloudwego'
 *     curl --location --request POST 'http://localhost:8888/chat/direct?from=kitex&message=hello%20hertz&to=hertz'
 */
interface ChatMessage {
  Type: 'broadcast' | 'direct'
  From: string
  To: string
  Message: string
  /** RFC 3339. */
  Timestamp: string
}

const port = Number(process.env.PORT ?? 8888)
/** Somebody may listen on several devices. */
const streams = new Map<string, Set<OpenEventStream>>()

function join(username: string, stream: OpenEventStream): void {
  const own = streams.get(username) ?? new Set()
  streams.set(username, own.add(stream))
  stream.closed.then(() => {
    own.delete(stream)
    if (own.size === 0) streams.delete(username)
  })
}

function send(message: ChatMessage): number {
  const receivers = message.Type === 'direct' ? [streams.get(message.To) ?? []] : streams.values()
  let count = 0
  for (const own of receivers) {
    for (const stream of own) {
      stream.publish({ event: message.Type, data: JSON.stringify(message) })
      count++
    }
  }
  return count
}

const server = createServer((req, res) => {
  // By hand: `new URL` throws at paths that a stranger may send, such as `//`.
  const [pathname, ...rest] = (req.url ?? '/').split('?')
  const query = new URLSearchParams(rest.join('?'))
  const text = (name: string) => query.get(name) ?? ''
  const route = `${req.method} ${pathname}`

  if (route === 'GET /chat/sse' && text('username')) {
    join(text('username'), openEventStream(req, res))
  } else if (route === 'POST /chat/broadcast' || route === 'POST /chat/direct') {
    const Type = route.endsWith('direct') ? 'direct' : 'broadcast'
    const To = Type === 'direct' ? text('to') : ''
    if (!text('from') || !text('message') || (Type === 'direct' && !To)) {
      res.writeHead(400).end('from, message and, for a direct one, to are needed\n')
      return
    }
    const count = send({
      Type,
      From: text('from'),
      To,
      Message: text('message'),
      Timestamp: new Date().toISOString(),
    })
    res
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(`${JSON.stringify({ delivered: count })}\n`)
  } else {
    res.writeHead(404).end()
  }
})

server.listen(port, '127.0.0.1', () => {
  const { port: actual } = server.address() as { port: number }
  console.log(`listening on http://127.0.0.1:${actual}`)
})
