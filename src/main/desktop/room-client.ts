import { z } from 'zod'
import type { SceneRule } from '../../preload/desktop-settings.ts'

/** What the desktop does in a room, over the server's HTTP API as any other client. */
export interface RoomClient {
  send(line: { speaker: string; text: string }): Promise<Outcome>
  control(action: 'next' | 'clear' | 'show' | 'hide'): Promise<Outcome>
  applyScene(rule: SceneRule): Promise<Outcome>
  exists(room: string): Promise<boolean>
  /** Unlike "does not exist": the server said so. */
  isGone(room: string): Promise<boolean>
  /**
   * The key that a player needs; null where the room asks for none, or there is no such room.
   *
   * @throws NoAnswer while the server is away: a player without its key would be turned away for good
   */
  watchKey(room: string): Promise<string | null>
}

/** Why a room did not do what was asked. */
export type RoomFailure =
  | { why: 'room-missing'; room: string }
  | { why: 'no-answer' }
  /** `detail`: the server's own sentence. */
  | { why: 'refused'; detail: string }

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

export type Outcome = { ok: true } | { ok: false; failure: RoomFailure }

export type Errand = 'send' | 'control' | 'scene'

export interface RoomClientOptions {
  origin(): string
  token(): Promise<string>
  /** The room that hotkeys and quick-compose speak to. */
  room(): string
  /** Told of each failure, so that a hotkey over a game does not fail silently. */
  onFailure(errand: Errand, failure: RoomFailure): void
  /** Told of each success: what was said of the last failure is no longer so. */
  onSuccess(errand: Errand): void
}

const envelope = z.object({ msg: z.string() })
const roomAnswer = z.object({ room: z.object({ access: z.string(), watchKey: z.string().nullish() }) })
const TIMEOUT_MS = 5_000

export function createRoomClient(options: RoomClientOptions): RoomClient {
  async function request(method: string, room: string, path: string, body?: object): Promise<Response> {
    // First: while the server restarts this waits for the next one, whose address may be another.
    const token = await options.token()
    return fetch(`${options.origin()}/api/v1/rooms/${encodeURIComponent(room)}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  }

  async function ask(method: string, room: string, path: string, body: object): Promise<Outcome> {
    try {
      const response = await request(method, room, path, body)
      if (response.ok) return { ok: true }
      if (response.status === 404) return { ok: false, failure: { why: 'room-missing', room } }
      const refusal = envelope.safeParse(await response.json().catch(() => undefined))
      const detail = refusal.success ? refusal.data.msg : `HTTP ${response.status}`
      return { ok: false, failure: { why: 'refused', detail } }
    } catch {
      return { ok: false, failure: { why: 'no-answer' } }
    }
  }

  function told(errand: Errand, outcome: Outcome): Outcome {
    if (outcome.ok) options.onSuccess(errand)
    else options.onFailure(errand, outcome.failure)
    return outcome
  }

  const control = (room: string, action: string) => ask('POST', room, '/control', { action })

  return {
    async send({ speaker, text }) {
      const line = { speaker, data: { message: text } }
      return told('send', await ask('POST', options.room(), '/messages', line))
    },
    control: async action => told('control', await control(options.room(), action)),
    async applyScene({ room: named, theme, variant, layout, stage }) {
      const room = named || options.room()
      const look = {
        ...(theme && { theme, variant }),
        ...(variant && { variant }),
        ...(layout && { layout }),
      }
      const changed: Outcome =
        Object.keys(look).length > 0 ? await ask('PATCH', room, '', { settings: { look } }) : { ok: true }
      return told('scene', changed.ok && stage !== '' ? await control(room, stage) : changed)
    },
    async exists(room) {
      const response = await request('GET', room, '').catch(() => undefined)
      return response?.ok ?? false
    },
    async isGone(room) {
      const response = await request('GET', room, '').catch(() => undefined)
      return response?.status === 404
    },
    async watchKey(room) {
      const response = await request('GET', room, '').catch((cause: unknown) => {
        throw new NoAnswer('the server does not answer', { cause })
      })
      if (response.status >= 500) throw new NoAnswer(`HTTP ${response.status}`)
      const answer = roomAnswer.safeParse(await response.json().catch(() => undefined))
      return answer.success && answer.data.room.access === 'key' ? (answer.data.room.watchKey ?? null) : null
    },
  }
}
