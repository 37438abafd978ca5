import { assetUrl } from '../../../shared/asset.ts'
import type { SpeakersEvent } from '../../../shared/events.ts'
import type { SpeakerInput, SpeakerLook } from '../../../shared/speaker.ts'
import type { RoomRecord, Rooms } from '../rooms/index.ts'
import { Frame, type Hub } from '../sse/index.ts'
import type { Presets } from './presets.ts'

/** Tells players how speakers look: when they come, and when it changes. */
export interface Looks {
  /** @returns the event for this room's players; null where no speaker is kept. */
  introduction(room: RoomRecord): Promise<Frame | null>
  /** An owner's speakers have changed. */
  changed(): void
}

function toLook(speaker: SpeakerInput): SpeakerLook {
  const { name, color, position, voice, speed, theme, avatar, expressions } = speaker
  return {
    name,
    color,
    position,
    voice,
    speed,
    theme,
    avatar: avatar && assetUrl(avatar),
    expressions: expressions.map(({ name, asset }) => ({ name, url: assetUrl(asset) })),
  }
}

/**
 * A room shows the speakers of its owner, and for names that they lack those of the server's owner.
 * Frames are kept for each owner: a thousand players that come back at once cost one query.
 */
export function createLooks(parts: { speakers: Presets<SpeakerInput>; rooms: Rooms; hub: Hub }): Looks {
  const { speakers, rooms, hub } = parts
  const frames = new Map<string, Promise<Frame | null>>()

  async function build(owner: string, always: boolean): Promise<Frame | null> {
    const own = await speakers.list(owner)
    const common = owner === '' ? [] : await speakers.list('')
    const names = new Set(own.map(speaker => speaker.name))
    const all = [...own, ...common.filter(speaker => !names.has(speaker.name))]
    if (all.length === 0 && !always) return null
    const event: SpeakersEvent = { type: 'speakers', speakers: all.map(toLook) }
    return Frame.of({ event: 'meta', data: JSON.stringify(event) })
  }

  async function tellAll(): Promise<void> {
    for (const id of hub.rooms()) {
      const room = await rooms.find(id)
      const frame = room && (await build(room.ownerId ?? '', true))
      if (frame) hub.deliver(id, { frame, from: null, to: null })
    }
  }

  return {
    introduction(room) {
      const owner = room.ownerId ?? ''
      const known = frames.get(owner)
      if (known) return known
      const made = build(owner, false)
      frames.set(owner, made)
      made.catch(() => frames.delete(owner))
      return made
    },
    changed() {
      frames.clear()
      // The change itself is stored; players that miss this are told when they next come.
      tellAll().catch(() => undefined)
    },
  }
}
