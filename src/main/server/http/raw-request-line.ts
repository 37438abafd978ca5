import { IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { MAX_HEAD_BYTES, waitForFirstLine } from './first-line.ts'
import { refuseConnection } from './refuse-connection.ts'

/** What llhttp gives along with a parse error. */
interface ClientError extends Error {
  code?: string
  rawPacket?: Buffer
  /** Bytes of the packet that were understood. */
  bytesParsed?: number
}

/** The response that node:http is writing to a socket; those of requests that came after it wait behind it. */
type Answering = Socket & { _httpMessage?: (ServerResponse & { req?: IncomingMessage }) | null }

/** Milliseconds for the rest of a head to come. */
const HEAD_TIMEOUT = 15_000

/** Sockets whose parser has given up, and that are ours since. */
const taken = new WeakSet<Socket>()
const patient = new WeakSet<Socket>()

/**
 * This request's body is written while it is being made, for as long as that takes: the limit on the time for a whole
 * request is not for it.
 */
export function takeYourTime(request: IncomingMessage): void {
  const { socket } = request
  patient.add(socket)
  request.once('close', () => patient.delete(socket))
}

/**
 * Serves requests whose line holds raw UTF-8. curl sends `msg=冲！冲刺！` as it is typed, and node:http answers
 * 400 (HPE_INVALID_URL) before any handler runs. For a GET or HEAD without a body the bytes above 127 are
 * percent-encoded and the request goes to the usual listeners, when what came before it on the connection is answered;
 * the connection is closed after it. Anything else is answered with the envelope. Ordinary requests never come here.
 */
export function serveRawRequestLines(server: Server): void {
  waitForFirstLine(server)
  server.on('clientError', (error: ClientError, stream) => {
    const socket = stream as Socket
    // The parser that gave up still runs out of time, and complains about each packet.
    if (taken.has(socket)) return
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && patient.has(socket)) return
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    takeOver(socket)
    const begun = error.code === 'HPE_INVALID_URL' ? requestAtFault(error) : null
    if (begun) readHead(socket, begun, head => answerHead(server, socket, head))
    else whenAnswered(socket, () => refuseConnection(socket, statusOf(error), isHead(error.rawPacket)))
  })
}

/** The parser has given up: what comes from now on is not for it. */
function takeOver(socket: Socket): void {
  taken.add(socket)
  socket.removeAllListeners('data')
  socket.on('error', () => socket.destroy())
  socket.resume()
}

/** @returns the request that could not be parsed, from its first byte on; null where its beginning is in an earlier packet. */
function requestAtFault({ rawPacket, bytesParsed }: ClientError): Buffer | null {
  if (!rawPacket || bytesParsed === undefined) return null
  // The fault is in the target, which holds no space: the last method before it is its own.
  const before = rawPacket.subarray(0, bytesParsed).toString('latin1')
  const begin = Math.max(before.lastIndexOf('GET '), before.lastIndexOf('HEAD '))
  return begin === -1 ? null : rawPacket.subarray(begin)
}

function statusOf({ code }: ClientError): 400 | 408 | 431 {
  if (code === 'HPE_HEADER_OVERFLOW') return 431
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
}

const isHead = (packet: Buffer | undefined) => packet?.subarray(0, 5).toString('latin1') === 'HEAD '

/** Calls back with the head, its empty line included, or all there is where it is too long or ends before. */
function readHead(socket: Socket, begun: Buffer, done: (head: string) => void): void {
  const parts = [begun]
  let size = begun.length
  // What may be the first half of the empty line.
  let tail = ''
  const timeout = setTimeout(finish, HEAD_TIMEOUT)

  function take(bytes: Buffer): void {
    tail = (tail + bytes.toString('latin1')).slice(-bytes.length - 3)
    if (tail.includes('\r\n\r\n') || size > MAX_HEAD_BYTES) finish()
    else tail = tail.slice(-3)
  }

  function more(bytes: Buffer): void {
    parts.push(bytes)
    size += bytes.length
    take(bytes)
  }

  function finish(): void {
    clearTimeout(timeout)
    socket.off('data', more)
    socket.off('end', finish)
    socket.off('close', finish)
    // Read on and thrown away: a socket that is closed with bytes unread resets the connection, and the answer is lost.
    socket.resume()
    done(Buffer.concat(parts).toString('latin1'))
  }

  socket.on('data', more)
  socket.on('end', finish)
  socket.on('close', finish)
  take(begun)
}

/** Calls back when the requests that came before on this connection have their answers. */
function whenAnswered(socket: Socket, then: () => void): void {
  if (!socket.writable) return
  const { _httpMessage: answer } = socket as Answering
  if (!answer) then()
  // An open event stream has let go of its request, and has no end: what comes into it is thrown away.
  else if (answer.req?.complete ?? true) answer.once('close', () => whenAnswered(socket, then))
  // It is this request's body that is at fault: the answer to it waits for what will not come.
  else if (answer.headersSent) socket.destroy()
  else then()
}

function answerHead(server: Server, socket: Socket, text: string): void {
  whenAnswered(socket, () => {
    const end = text.indexOf('\r\n\r\n')
    const head = end === -1 ? null : parseHead(text.slice(0, end))
    if (head) serve(server, socket, head)
    else refuseConnection(socket, text.length > MAX_HEAD_BYTES ? 431 : 400, text.startsWith('HEAD '))
  })
}

interface Head {
  method: 'GET' | 'HEAD'
  url: string
  /** Of HTTP/1. */
  minor: 0 | 1
  headers: [name: string, value: string][]
}

const REQUEST_LINE = /^(GET|HEAD) (\S+) HTTP\/1\.([01])$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: a value with one is refused
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\u0000-\u0008\u000a-\u001f\u007f]*?)[ \t]*$/

/** @param text one character a byte. @returns null where it is not the head of a request without a body. */
function parseHead(text: string): Head | null {
  const [requestLine, ...lines] = text.split('\r\n')
  const request = REQUEST_LINE.exec(requestLine!)
  if (!request) return null
  const headers: [string, string][] = []
  for (const line of lines) {
    const header = HEADER.exec(line)
    if (!header) return null
    headers.push([header[1]!, header[2]!])
  }
  const names = headers.map(([name]) => name.toLowerCase())
  // A body would need the parser that has just given up.
  if (names.includes('content-length') || names.includes('transfer-encoding')) return null
  return {
    method: request[1] as Head['method'],
    url: percentEncode(request[2]!),
    minor: request[3] === '1' ? 1 : 0,
    headers,
  }
}

/** @param latin1 one character a byte. */
function percentEncode(latin1: string): string {
  return latin1.replace(
    /[^\u0021-\u007e]/g,
    byte => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

function serve(server: Server, socket: Socket, { method, url, minor, headers }: Head): void {
  // Of an answer before on this connection: how long it may be idle.
  socket.setTimeout(0)
  const request = new IncomingMessage(socket)
  request.method = method
  request.url = url
  request.httpVersion = `1.${minor}`
  request.httpVersionMajor = 1
  request.httpVersionMinor = minor
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
    socket.destroySoon()
  })
  server.emit('request', request, response)
}
