import type { Speaker, SpeakerInput, SpeakerPatch, SpeakersFile } from '../../../shared/speaker.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

const ROUTE = '/api/v1/speakers'

export const speakersApi = (request: Request) => ({
  list: () => pick(request<{ speakers: Speaker[] }>(ROUTE), 'speakers'),
  create: (input: SpeakerInput) =>
    pick(request<{ speaker: Speaker }>(ROUTE, { method: 'POST', body: input }), 'speaker'),
  change: (id: string, patch: SpeakerPatch) =>
    pick(request<{ speaker: Speaker }>(`${ROUTE}/${id}`, { method: 'PATCH', body: patch }), 'speaker'),
  remove: (id: string) => gone(request(`${ROUTE}/${id}`, { method: 'DELETE' })),
  order: (ids: string[]) => request(`${ROUTE}/order`, { method: 'PUT', body: { ids } }),
})

export const exportSpeakers = (request: Request): Promise<Result<SpeakersFile>> => request(`${ROUTE}/export`)

export const importSpeakers = (
  request: Request,
  file: unknown,
): Promise<Result<{ added: number; changed: number }>> =>
  request(`${ROUTE}/import`, { method: 'POST', body: file })
