import type { Request } from 'express'

/** Where a request comes from. */
export interface Client {
  /** Without its port; behind a trusted proxy, the one that it names. */
  address: string
  /** Its User-Agent, cut to 300 characters. */
  device: string
}

export function clientOf(req: Request): Client {
  return { address: req.ip ?? '', device: req.get('user-agent')?.slice(0, 300) ?? '' }
}
