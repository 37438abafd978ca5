import type { TellProblem } from '../../../shared/player-problem.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import { LINE_SOUNDS, TIMBRES } from '../../../shared/sounds.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Companion } from '../companion.ts'
import type { Entry } from '../queue/entry.ts'
import type { Frame } from '../stage/frame.ts'
import { createSoundOutput, type Hit } from './output.ts'
import { CLICKS, LINE_STARTS } from './timbres.ts'

/** Milliseconds between two clicks: faster typing would only buzz. */
const MIN_GAP = 45
/** Milliseconds between the beginnings of two lines that are heard: many may come at once. */
const MIN_LINE_GAP = 150
/** Semitones up or down, at random: no two letters sound quite alike. */
const JITTER = 2

/** A character that makes a sound, or a picture; spaces and marks are silent. */
const SPOKEN = /[\p{L}\p{N}\p{Extended_Pictographic}\ufffc]/u

/** Clicks for what is typed, and a sound with which a line begins. */
export function createSounds({ player }: Frame, onProblem: TellProblem): Companion {
  const output = createSoundOutput(player.ownerDocument)
  const presets = new Map<string, SpeakerLook['voice']>()
  let { typing, line } = DEFAULT_ROOM_SETTINGS.sound
  let voice: { timbre: string; pitch: number; sample?: string } = { timbre: '', pitch: 0 }
  let lastHit = Number.NEGATIVE_INFINITY
  let lastLine = Number.NEGATIVE_INFINITY

  function named<Name extends string>(names: readonly Name[], name: string): Name {
    const known = names.find(candidate => candidate === name)
    if (known === undefined) onProblem({ code: 'sound-unknown', name })
    return known ?? names[0]!
  }

  function click(): void {
    const now = performance.now()
    if (now - lastHit < MIN_GAP) return
    lastHit = now
    const hit = { volume: typing.volume, pitch: voice.pitch + (Math.random() * 2 - 1) * JITTER }
    const { sample } = voice
    if (sample)
      output.playSample(sample, { ...hit, channel: 'recording' }, () =>
        onProblem({ code: 'sound-broken', name: sample }),
      )
    else output.play(CLICKS[named(TIMBRES, voice.timbre || typing.timbre)], hit)
  }

  return {
    onSettings({ sound }: RoomSettings) {
      ;({ typing, line } = sound)
    },
    onSpeakers(looks) {
      presets.clear()
      for (const look of looks) presets.set(look.name, look.voice)
    },
    onSpeaker(speaker: string, entry?: Entry) {
      const preset = presets.get(speaker)
      const own = entry?.look?.voice
      voice = {
        timbre: own?.timbre ?? preset?.timbre ?? '',
        pitch: own?.pitch ?? preset?.pitch ?? 0,
        ...(own?.sample !== undefined && { sample: own.sample }),
      }
    },
    onLine(_entry, complete) {
      if (complete || !line.enabled || line.volume === 0) return
      const now = performance.now()
      // A line that begins on a hidden page is not typed there either.
      if (now - lastLine < MIN_LINE_GAP || player.ownerDocument.visibilityState === 'hidden') return
      lastLine = now
      const hit: Hit = { volume: line.volume, pitch: 0, channel: 'line' }
      output.play(LINE_STARTS[named(LINE_SOUNDS, line.timbre)], hit)
    },
    onTyped(text) {
      if (typing.enabled && typing.volume > 0 && SPOKEN.test(text)) click()
    },
    destroy: output.close,
  }
}
