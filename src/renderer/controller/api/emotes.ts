import type { Emote } from '../../../shared/emote.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

const ROUTE = '/api/v1/assets/emotes'

/** Those that the user keeps; a room may show those of others too. */
export const listEmotes = (request: Request): Promise<Result<Emote[]>> =>
  pick(request<{ emotes: Emote[] }>(ROUTE), 'emotes')

export const addEmote = (request: Request, name: string, file: File): Promise<Result<Emote>> =>
  pick(
    request<{ emote: Emote }>(`${ROUTE}?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: file,
      headers: { 'Content-Type': 'application/octet-stream' },
    }),
    'emote',
  )

export const renameEmote = (request: Request, id: string, name: string): Promise<Result<Emote>> =>
  pick(request<{ emote: Emote }>(`${ROUTE}/${id}`, { method: 'PATCH', body: { name } }), 'emote')

export const deleteEmote = (request: Request, id: string): Promise<Result<unknown>> =>
  gone(request(`${ROUTE}/${id}`, { method: 'DELETE' }))
