import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { REFRESH_LIFETIME } from './jwt.ts'

/** Only the routes that refresh and end logins get the cookie. */
const PATH = '/api/v1/auth'

/** The cookie that carries a browser's refresh token. Scripts can't read it, and no other site's request carries it. */
export interface RefreshCookie {
  read(req: Request): string | undefined
  set(req: Request, res: Response, token: string): void
  clear(req: Request, res: Response): void
}

/** @param secret names the cookie: browsers share cookies among ports, and two servers of one machine must not sign each other out. */
export function createRefreshCookie(secret: Uint8Array): RefreshCookie {
  const name = `refresh_${createHash('sha256').update('cookie name').update(secret).digest('hex').slice(0, 8)}`
  const attributes = (req: Request) =>
    ({ httpOnly: true, sameSite: 'strict', secure: req.secure, path: PATH }) as const

  return {
    read(req) {
      for (const pair of (req.headers.cookie ?? '').split(';')) {
        const [key, value] = pair.split('=', 2)
        if (key?.trim() === name) return value?.trim()
      }
      return undefined
    },
    set: (req, res, token) =>
      void res.cookie(name, token, { ...attributes(req), maxAge: REFRESH_LIFETIME * 1000 }),
    clear: (req, res) => void res.clearCookie(name, attributes(req)),
  }
}
