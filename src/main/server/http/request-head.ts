import type { RequestHandler } from 'express'
import { ApiError } from '../errors.ts'

/** Headers of one request; a browser behind proxies sends some thirty. */
const MAX_HEADERS = 200
/** `http://host/path`: what a client sends to a proxy, and a server must take too (RFC 9112, section 3.2.2). */
const ABSOLUTE = /^https?:\/\/([^/?#]*)(.*)$/is
/** RFC 9110, section 7.2: a name or an address, and perhaps a port. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[^\s:/?#@,[\]\\]+)(?::\d{0,5})?$/i
const SLASH = 47

/** What every request must have right before anybody looks into it. */
export const checkHead: RequestHandler = (req, res, next) => {
  const { rawHeaders } = req
  if (rawHeaders.length > MAX_HEADERS * 2) {
    throw new ApiError('invalid-input', `a request may have at most ${MAX_HEADERS} headers`)
  }
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!
    if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  // HTTP/1.0 knows no Host; no browser speaks it.
  if (hosts > 1 || (hosts === 0 && req.httpVersionMinor !== 0)) {
    throw new ApiError('invalid-input', 'a request needs one Host header: the address of this server')
  }
  if (req.url.charCodeAt(0) !== SLASH) {
    // It asks about the server as a whole (RFC 9110, section 9.3.7).
    if (req.url === '*' && req.method === 'OPTIONS') {
      res.setHeader('Allow', 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS')
      res.status(204).end()
      return
    }
    const target = ABSOLUTE.exec(req.url)
    if (!target) throw new ApiError('invalid-input', 'the address of a request begins with "/"')
    // Such a target says which host is meant, whatever stands in Host.
    req.headers.host = target[1]!
    req.url = target[2]!.startsWith('/') ? target[2]! : `/${target[2]}`
  }
  const { host } = req.headers
  if (host !== undefined && !HOST.test(host)) {
    throw new ApiError('invalid-input', 'the Host header is not an address')
  }
  next()
}
