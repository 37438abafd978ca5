import { isIP } from 'node:net'
import { hostname } from 'node:os'
import type { Request, RequestHandler } from 'express'
import { ApiError } from '../errors.ts'
import { isLoopback } from '../status/addresses.ts'

/** The names under which this server may be spoken to. */
export interface OwnNames {
  /** @param name a host name or address, without port; IPv6 with or without brackets. */
  has(name: string): boolean
}

/** @param entries of ALLOWED_HOSTS: names, `.example.com` for all below one, `*` for any. */
export function createDeclaredNames(entries: readonly string[]): OwnNames {
  return {
    has(text) {
      const name = bare(text)
      return entries.some(
        entry => entry === '*' || entry === name || (entry.startsWith('.') && name.endsWith(entry)),
      )
    },
  }
}

/** Lower case, IPv6 without brackets, a name without the dot that ends it at the root. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/(?<=.)\.$/, '')
}

/**
 * @param onlyLoopback whether the server listens on loopback alone.
 */
export function createOwnNames(allowed: OwnNames, onlyLoopback: () => boolean): OwnNames {
  const machine = hostname().toLowerCase()
  const own = new Set(['localhost', machine, `${machine}.local`])

  return {
    has(text) {
      const name = bare(text)
      if (allowed.has(name)) return true
      // A page whose host is an address was served by that address: only names can be rebound.
      if (isIP(name)) return !onlyLoopback() || isLoopback(name)
      return own.has(name) || name.endsWith('.localhost')
    },
  }
}

/**
 * Stops DNS rebinding: a page of `evil.example`, whose name has come to mean 127.0.0.1, is of our origin for
 * the browser, but its requests still carry its own name as Host.
 */
export function createHostCheck(names: OwnNames): RequestHandler {
  return (req, _res, next) => {
    const name = hostOf(req)
    // HTTP/1.0 knows no Host; no browser speaks it.
    if (name === null && req.httpVersion === '1.0') return next()
    if (name !== null && names.has(name)) return next()
    throw new ApiError(
      'wrong-host',
      `this server is not known as "${(name ?? '').slice(0, 100)}": open it by its address, or list the name in ALLOWED_HOSTS`,
    )
  }
}

/** @returns the host that the request names (behind a trusted proxy, the proxy's), without port; null for none. */
function hostOf(req: Request): string | null {
  return req.hostname || null
}
