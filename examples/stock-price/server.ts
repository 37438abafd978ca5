import { createServer } from 'node:http'
import { openEventStream } from '../../src/main/server/sse/index.ts'

/**
 * Sends each symbol's price once a second, as an event named after the symbol.
 *
 *     npm start
 *     curl -N --location 'localhost:8888/price'
 */
const SYMBOLS = ['AAPL', 'AMZN', 'GOOG', 'MSFT']
const INTERVAL = 1_000
const port = Number(process.env.PORT ?? 8888)

const server = createServer((req, res) => {
  if (req.method !== 'GET' || req.url?.split('?')[0] !== '/price') {
    res.writeHead(404).end()
    return
  }
  const stream = openEventStream(req, res)
  console.log(`a client came${stream.lastEventId && `, it has seen ${stream.lastEventId}`}`)
  const clock = setInterval(() => {
    for (const symbol of SYMBOLS) {
      const price = (Math.random() * 100).toFixed(6)
      stream.publish({ id: String(Date.now()), event: symbol, data: price })
    }
  }, INTERVAL)
  stream.closed.then(() => clearInterval(clock))
})

server.listen(port, '127.0.0.1', () => {
  const { port: actual } = server.address() as { port: number }
  console.log(`listening on http://127.0.0.1:${actual}`)
})
