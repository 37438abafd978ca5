import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { eventOf, readBody, STREAM_HEAD } from './event.ts'

/** The least that Node needs for fan-out: the head by node:http, then one shared buffer to each socket. */
const sockets = new Set<Socket>()
let seq = 0

const server = createServer(async (request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { ...STREAM_HEAD, 'Transfer-Encoding': 'chunked' })
    response.flushHeaders()
    sockets.add(request.socket)
    request.socket.once('close', () => sockets.delete(request.socket))
    return
  }
  const { id, json } = eventOf(++seq, await readBody(request))
  const event = Buffer.from(`id: ${id}\ndata: ${json}\n\n`)
  const chunk = Buffer.concat([Buffer.from(`${event.length.toString(16)}\r\n`), event, Buffer.from('\r\n')])
  for (const socket of sockets) socket.write(chunk)
  const answer = JSON.stringify({ id })
  response.writeHead(202, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(answer),
  })
  response.end(answer)
})
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () =>
  console.log((server.address() as AddressInfo).port),
)
