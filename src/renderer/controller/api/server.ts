import type { ServerAddresses, ServerInfo } from '../../../shared/server-info.ts'
import type { Request, Result } from './request.ts'

export const getServerInfo = (request: Request): Promise<Result<ServerInfo>> => request('/api/v1/server')

export const getAddresses = (request: Request): Promise<Result<ServerAddresses>> =>
  request('/api/v1/server/addresses')

/** Opens the server to the LAN, or closes it; on the desktop the app's own settings do that. */
export const setLan = (request: Request, open: boolean): Promise<Result<ServerAddresses>> =>
  request('/api/v1/server/lan', { method: 'POST', body: { open } })
