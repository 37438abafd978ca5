import type { Message } from '../../../shared/message.ts'

/** Whose history is read, and by whom. */
export interface Reader {
  room: string
  /** What was meant for another label is left out. */
  label: string
  /** The room's watch key. */
  key: string | undefined
}

export interface BacklogPage {
  /** Newest first. */
  messages: Message[]
  /** To be given as `before` for the page after it; null at the end. */
  next: string | null
}

/**
 * What was said in a room, as the audience may read it.
 * @param before messages before this id; null: from the newest
 * @throws where the server cannot be reached or does not let this page read
 */
export async function readBacklog(
  { room, label, key }: Reader,
  before: string | null,
  limit: number,
): Promise<BacklogPage> {
  const query = new URLSearchParams({ limit: String(limit), label })
  if (before !== null) query.set('before', before)
  if (key !== undefined) query.set('key', key)
  const response = await fetch(`/api/v1/rooms/${encodeURIComponent(room)}/backlog?${query}`)
  if (!response.ok) throw new Error(`the server answered ${response.status}`)
  return (await response.json()) as BacklogPage
}
