import type { ControlAction } from '../../../shared/events.ts'
import type { Message, MessageData } from '../../../shared/message.ts'
import { gone } from './gone.ts'
import type { Request, Result } from './request.ts'

export interface Publication {
  speaker: string
  data: MessageData
  meta?: unknown
  /** Only players of this label show it. */
  label?: string
}

/**
 * @param key the same for each attempt at one line: the server answers a repeat with the first one's message.
 */
export const publish = (
  request: Request,
  room: string,
  key: string,
  publication: Publication,
): Promise<Result<{ message: Message; streams: number }>> =>
  request(`/api/v1/rooms/${room}/messages`, {
    method: 'POST',
    body: publication,
    headers: { 'Idempotency-Key': key },
  })

export interface HistoryPage {
  /** Newest first. */
  messages: Message[]
  /** Goes into `before` for the next, older page; null at the end. */
  next: string | null
}

export function listMessages(
  request: Request,
  room: string,
  query: { before?: string; limit?: number; search?: string } = {},
): Promise<Result<HistoryPage>> {
  const params = new URLSearchParams()
  if (query.before) params.set('before', query.before)
  if (query.limit) params.set('limit', String(query.limit))
  if (query.search) params.set('search', query.search)
  return request(`/api/v1/rooms/${room}/messages?${params}`)
}

/**
 * Reads the whole history, page by page.
 * @param onProgress how many are read so far; false ends the reading
 * @returns newest first
 */
export async function readAllMessages(
  request: Request,
  room: string,
  onProgress: (count: number) => unknown,
): Promise<Result<Message[]>> {
  const all: Message[] = []
  let before: string | undefined
  do {
    if (onProgress(all.length) === false) break
    const page = await listMessages(request, room, { limit: 500, ...(before ? { before } : {}) })
    if (!page.ok) return page
    all.push(...page.value.messages)
    before = page.value.next ?? undefined
  } while (before)
  return { ok: true, value: all }
}

export const retractMessage = (request: Request, room: string, id: string): Promise<Result<unknown>> =>
  gone(request(`/api/v1/rooms/${room}/messages/${id}`, { method: 'DELETE' }))

export const clearMessages = (request: Request, room: string): Promise<Result<unknown>> =>
  request(`/api/v1/rooms/${room}/messages`, { method: 'DELETE' })

export const control = (
  request: Request,
  room: string,
  action: ControlAction,
  label?: string,
): Promise<Result<unknown>> =>
  request(`/api/v1/rooms/${room}/control`, { method: 'POST', body: { action, ...(label ? { label } : {}) } })

export const showTyping = (
  request: Request,
  room: string,
  speaker: string,
  text: string,
): Promise<Result<unknown>> =>
  request(`/api/v1/rooms/${room}/typing`, { method: 'POST', body: { speaker, text } })

export const kick = (request: Request, room: string, subscriber: string): Promise<Result<unknown>> =>
  gone(request(`/api/v1/rooms/${room}/subscribers/${subscriber}`, { method: 'DELETE' }))
