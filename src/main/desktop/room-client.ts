import { z } from 'zod'
import type { SceneRule } from '../../preload/desktop-settings.ts'

/** What the desktop does in a room, over the server's HTTP API as any other client. */
export interface RoomClient {
  send(line: { speaker: string; text: string }): Promise<Outcome>
  control(action: 'next' | 'clear' | 'show' | 'hide'): Promise<Outcome>
  applyScene(rule: SceneRule): Promise<Outcome>
  exists(room: string): Promise<boolean>
  /** The key that a player needs where the room is not open to everybody. */
  watchKey(room: string): Promise<string | null>
}

export type Outcome = { ok: true } | { ok: false; msg: string }

export interface RoomClientOptions {
  origin(): string
  token(): Promise<string>
  room(): string
  /** Told of each failure, so that a hotkey over a game does not fail silently. */
  onFailure(msg: string): void
}

const envelope = z.object({ msg: z.string() })
const roomAnswer = z.object({ room: z.object({ access: z.string(), watchKey: z.string().nullish() }) })
const TIMEOUT_MS = 5_000

export function createRoomClient(options: RoomClientOptions): RoomClient {
  async function request(
    method: string,
    path: string,
    body?: object,
    room = options.room(),
  ): Promise<Response> {
    return fetch(`${options.origin()}/api/v1/rooms/${encodeURIComponent(room)}${path}`, {
      method,
      headers: { authorization: `Bearer ${await options.token()}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  }

  async function ask(method: string, path: string, body: object): Promise<Outcome> {
    let msg: string
    try {
      const response = await request(method, path, body)
      if (response.ok) return { ok: true }
      const refusal = envelope.safeParse(await response.json().catch(() => undefined))
      msg = refusal.success ? refusal.data.msg : `HTTP ${response.status}`
    } catch (error) {
      msg = (error as Error).message
    }
    options.onFailure(msg)
    return { ok: false, msg }
  }

  return {
    send: ({ speaker, text }) => ask('POST', '/messages', { speaker, data: { message: text } }),
    control: action => ask('POST', '/control', { action }),
    async applyScene({ theme, variant, layout, stage }) {
      const look = {
        ...(theme && { theme, variant }),
        ...(variant && { variant }),
        ...(layout && { layout }),
      }
      const changed: Outcome =
        Object.keys(look).length > 0 ? await ask('PATCH', '', { settings: { look } }) : { ok: true }
      return changed.ok && stage !== '' ? ask('POST', '/control', { action: stage }) : changed
    },
    async exists(room) {
      const response = await request('GET', '', undefined, room).catch(() => undefined)
      return response?.ok ?? false
    },
    async watchKey(room) {
      const response = await request('GET', '', undefined, room).catch(() => undefined)
      const answer = roomAnswer.safeParse(await response?.json().catch(() => undefined))
      return answer.success && answer.data.room.access === 'key' ? (answer.data.room.watchKey ?? null) : null
    },
  }
}
