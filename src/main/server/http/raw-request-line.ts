import { IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** What llhttp gives along with a parse error. */
interface ClientError extends Error {
  code?: string
  rawPacket?: Buffer
}

/**
 * Serves requests whose line holds raw UTF-8. curl sends `msg=冲！冲刺！` as it is typed, and node:http answers
 * 400 (HPE_INVALID_URL) before any handler runs. For a GET or HEAD without a body, whose head has come whole, the
 * bytes above 127 are percent-encoded and the request goes to the usual listeners; the connection is closed
 * after it. Anything else is answered with the envelope. Ordinary requests never come here.
 */
export function serveRawRequestLines(server: Server): void {
  server.on('clientError', (error: ClientError, stream) => {
    const socket = stream as Socket
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const head = error.code === 'HPE_INVALID_URL' && error.rawPacket ? parseHead(error.rawPacket) : null
    if (head) serve(server, socket, head)
    else refuse(socket, error)
  })
}

interface Head {
  method: 'GET' | 'HEAD'
  url: string
  headers: [name: string, value: string][]
}

const REQUEST_LINE = /^(GET|HEAD) (\S+) HTTP\/1\.[01]$/
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/

/** @returns null where the packet is not one whole head without a body. */
function parseHead(packet: Buffer): Head | null {
  const text = packet.toString('latin1')
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return null
  const [requestLine, ...lines] = text.slice(0, end).split('\r\n')
  const request = REQUEST_LINE.exec(requestLine!)
  if (!request) return null
  const headers: [string, string][] = []
  for (const line of lines) {
    const header = HEADER.exec(line)
    if (!header) return null
    headers.push([header[1]!, header[2]!])
  }
  const names = headers.map(([name]) => name.toLowerCase())
  // A body would need the parser that has just given up; two Host headers are an attack.
  if (names.includes('content-length') || names.includes('transfer-encoding')) return null
  if (names.filter(name => name === 'host').length !== 1) return null
  return { method: request[1] as Head['method'], url: percentEncode(request[2]!), headers }
}

/** @param latin1 one character a byte. */
function percentEncode(latin1: string): string {
  return latin1.replace(
    /[^\u0021-\u007e]/g,
    byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function serve(server: Server, socket: Socket, { method, url, headers }: Head): void {
  const request = new IncomingMessage(socket)
  request.method = method
  request.url = url
  request.httpVersion = '1.1'
  request.httpVersionMajor = 1
  request.httpVersionMinor = 1
  for (const [name, value] of headers) {
    request.rawHeaders.push(name, value)
    request.headers[name.toLowerCase()] ??= value
  }
  request.complete = true
  request.push(null)

  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.on('finish', () => {
    response.detachSocket(socket)
    socket.end()
  })
  socket.on('error', () => socket.destroy())
  server.emit('request', request, response)
}

function refuse(socket: Socket, error: ClientError): void {
  const [status, reason] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'Request Header Fields Too Large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'Request Timeout']
        : [400, 'Bad Request']
  const body = JSON.stringify({
    success: false,
    code: status,
    error: 'invalid-input',
    msg: 'this is not a valid HTTP request',
  })
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}
