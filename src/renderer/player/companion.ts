import type { SpriteCommand } from '../../shared/fragments.ts'
import type { TellProblem } from '../../shared/player-problem.ts'
import type { RoomSettings } from '../../shared/room.ts'
import type { SpeakerLook } from '../../shared/speaker.ts'
import type { Entry } from './queue/entry.ts'
import type { Frame } from './stage/frame.ts'

/**
 * Why what stands in the box is about to be replaced: by the `next` line; by the same line, or what is left of it, put there
 * `again`; by the `draft` of somebody who is typing.
 */
export type Turn = 'next' | 'again' | 'draft'

/** A line that was said before this page came, in a box of its own. */
export interface Recalled {
  /** Id of its message. */
  message: string
  box: HTMLElement
  /** Fits its text, once the box has its place in the document. */
  fit(): void
  /** Milliseconds since the line behind it took its place. */
  age: number
}

/** A part of the player beside the text (sprites, sounds, read-aloud): told what happens, it decides nothing. */
export interface Companion {
  /** At the start, and at every change. */
  onSettings?(settings: RoomSettings): void
  /** How speakers look and sound, by name. */
  onSpeakers?(speakers: readonly SpeakerLook[]): void
  /** What stood above the line that this page found on the screen, oldest first: it is there again, and neither typed nor heard. */
  onRecalled?(past: readonly Recalled[]): void
  /** What stands in the box is about to be replaced. */
  onTurn?(turn: Turn): void
  /** A line takes the screen; `complete`: it is put there, not typed. */
  onLine?(entry: Entry, complete: boolean): void
  /** Graphemes that have just appeared, U+FFFC for a picture, at most once a frame. `progress`: how much of the line stands there, 0 to 1. */
  onTyped?(text: string, progress: number): void
  /** Who speaks from now on; `entry` is their line where it is the whole line's speaker. */
  onSpeaker?(name: string, entry?: Entry): void
  onSprite?(command: SpriteCommand): void
  /** The line stands there whole. */
  onComplete?(entry: Entry): void
  /** @param taken the line was taken back, as `onRetract` says too; what stands beside it stays. */
  onClear?(taken: boolean): void
  /** The lines of a message were taken back, wherever they stand. */
  onRetract?(message: string): void
  destroy?(): void
}

export type CreateCompanion = (frame: Frame, onProblem: TellProblem) => Companion
