import type { RoomSettings } from '../../../shared/room.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Pace } from './timeline.ts'

/** The room's pace, as fast as this speaker talks. */
export function paceOf({ typewriter }: RoomSettings, look: SpeakerLook | undefined): Pace {
  const { charMs, cjkWeight, commaPauseMs, sentencePauseMs } = typewriter
  const speed = look?.speed ?? 1
  return {
    charMs: charMs / speed,
    cjkWeight,
    // Without typing there is nothing to pause in.
    commaPauseMs: charMs === 0 ? 0 : commaPauseMs / speed,
    sentencePauseMs: charMs === 0 ? 0 : sentencePauseMs / speed,
  }
}
