import type { Socket } from 'node:net'

const REFUSALS = {
  400: ['Bad Request', 'this is not a valid HTTP request'],
  405: ['Method Not Allowed', 'this server is no proxy: use GET, POST, PUT, PATCH or DELETE'],
  408: ['Request Timeout', 'the request took too long to come: send it again'],
  417: ['Expectation Failed', 'the only expectation that is met here is 100-continue'],
  431: [
    'Request Header Fields Too Large',
    'the address or the headers are too long: send a long text by POST',
  ],
} as const

/** Answers with the envelope where there is no request to answer, and closes the connection. @param bodiless of a HEAD. */
export function refuseConnection(socket: Socket, status: keyof typeof REFUSALS, bodiless: boolean): void {
  const [reason, msg] = REFUSALS[status]
  const body = JSON.stringify({
    success: false,
    code: status,
    error: status === 405 ? 'method-not-allowed' : 'invalid-input',
    msg,
  })
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    ...(status === 405 ? ['Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'] : []),
    'Connection: close',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${bodiless ? '' : body}`)
  socket.destroySoon()
}
