import type { Request } from 'express'

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/
/** Numbers only: `127.example.com` is a name that anybody may point here. */
const LOOPBACK_HOST = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})(?::\d+)?$/i

/**
 * True for a program or a page of this machine. Not for what a proxy hands on, nor for a page from elsewhere that
 * the browser of this machine shows: its requests come from here too (cross-site request, DNS rebinding).
 */
export function isFromThisMachine(req: Request): boolean {
  const { headers, socket } = req
  if (!LOOPBACK.test(socket.remoteAddress ?? '')) return false
  if (headers.forwarded ?? headers['x-forwarded-for'] ?? headers['x-real-ip']) return false
  if (!LOOPBACK_HOST.test(headers.host ?? '')) return false
  if (headers.origin !== undefined) return isLoopbackOrigin(headers.origin)
  return headers['sec-fetch-site'] !== 'cross-site'
}

export function isLoopbackOrigin(origin: string): boolean {
  return URL.canParse(origin) && LOOPBACK_HOST.test(new URL(origin).host)
}
