import { createHash, randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { DEVICE_LIFETIME, type Jwts, type KnownDevice, REFRESH_LIFETIME } from './jwt.ts'

/** Only the routes that refresh and end logins get the cookies. */
const PATH = '/api/v1/auth'

/** The cookie that carries a browser's refresh token. Scripts can't read it, and no other site's request carries it. */
export interface RefreshCookie {
  read(req: Request): string | undefined
  set(req: Request, res: Response, token: string): void
  clear(req: Request, res: Response): void
}

/**
 * The cookie by which a browser is known again when somebody signs in: it opens nothing, but strangers who guess an
 * account's password can't lock this browser out of it (OWASP, "Slow down online guessing attacks with device cookies").
 */
export interface DeviceCookie {
  read(req: Request): Promise<KnownDevice | null>
  set(req: Request, res: Response, userId: string): Promise<void>
}

/** @param secret names the cookies: browsers share them among ports, and two servers of one machine must not sign each other out. */
function cookieName(kind: string, secret: Uint8Array): string {
  const mark = createHash('sha256').update('cookie name').update(secret).digest('hex').slice(0, 8)
  return `${kind}_${mark}`
}

const attributes = (req: Request) =>
  ({ httpOnly: true, sameSite: 'strict', secure: req.secure, path: PATH }) as const

function readCookie(req: Request, name: string): string | undefined {
  for (const pair of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name) return value?.trim()
  }
  return undefined
}

export function createRefreshCookie(secret: Uint8Array): RefreshCookie {
  const name = cookieName('refresh', secret)
  return {
    read: req => readCookie(req, name),
    set: (req, res, token) =>
      void res.cookie(name, token, { ...attributes(req), maxAge: REFRESH_LIFETIME * 1000 }),
    clear: (req, res) => void res.clearCookie(name, attributes(req)),
  }
}

export function createDeviceCookie(secret: Uint8Array, jwts: Jwts): DeviceCookie {
  const name = cookieName('device', secret)
  const read = async (req: Request) => {
    const token = readCookie(req, name)
    return token === undefined ? null : jwts.readDevice(token)
  }
  return {
    read,
    async set(req, res, userId) {
      const known = await read(req)
      const device = known?.userId === userId ? known.device : randomBytes(12).toString('base64url')
      const token = await jwts.signDevice({ userId, device })
      res.cookie(name, token, { ...attributes(req), maxAge: DEVICE_LIFETIME * 1000 })
    },
  }
}
