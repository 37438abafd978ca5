import type { Phrase, PhraseInput, PhrasePatch, PhrasesFile } from '../../../shared/phrase.ts'
import { gone } from './gone.ts'
import { pick } from './pick.ts'
import type { Request, Result } from './request.ts'

const ROUTE = '/api/v1/phrases'

export const phrasesApi = (request: Request) => ({
  list: () => pick(request<{ phrases: Phrase[] }>(ROUTE), 'phrases'),
  create: (input: PhraseInput) =>
    pick(request<{ phrase: Phrase }>(ROUTE, { method: 'POST', body: input }), 'phrase'),
  change: (id: string, patch: PhrasePatch) =>
    pick(request<{ phrase: Phrase }>(`${ROUTE}/${id}`, { method: 'PATCH', body: patch }), 'phrase'),
  remove: (id: string) => gone(request(`${ROUTE}/${id}`, { method: 'DELETE' })),
  order: (ids: string[]) => request(`${ROUTE}/order`, { method: 'PUT', body: { ids } }),
})

export const exportPhrases = (request: Request): Promise<Result<PhrasesFile>> => request(`${ROUTE}/export`)

export const importPhrases = (request: Request, file: unknown): Promise<Result<{ added: number }>> =>
  request(`${ROUTE}/import`, { method: 'POST', body: file })
