import type { ServerInfo } from '../../../shared/server-info.ts'
import type { Request, Result } from './request.ts'

/** Where this server can be reached. */
export interface ServerAddress {
  /** Without a slash at the end. */
  url: string
  kind: 'loopback' | 'lan'
}

export interface ServerAddresses {
  addresses: ServerAddress[]
  /** The token for curl and bots; the owner gets it, nobody else. */
  apiToken?: string
}

export const getServerInfo = (request: Request): Promise<Result<ServerInfo>> => request('/api/v1/server')

export const getAddresses = (request: Request): Promise<Result<ServerAddresses>> =>
  request('/api/v1/server/addresses')
