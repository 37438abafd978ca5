import type { Line } from '../../../shared/fragments.ts'
import type { LineLook } from '../../../shared/line-look.ts'

/** One line on its way to the screen. */
export interface Entry {
  /** `<message id>#<index of the line in its message>`. */
  key: string
  /** Id of its message. */
  message: string
  /** Index of the line in its message. */
  index: number
  speaker: string
  line: Line
  /** Colour of the name plate, where the sender names one. */
  color?: string
  /** What the message says of its speaker's look. */
  look?: LineLook
  /** A voice engine's sound of the message. */
  audio?: string
  /** Epoch milliseconds, by the server's clock. */
  time: number
  /** The message is still being written: more text may follow. */
  open: boolean
}

/** Who speaks at the end of a line, in which another may have taken over. */
export function lastSpeaker({ line, speaker }: Entry): string {
  return line.fragments.reduce((last, item) => ('speaker' in item ? item.speaker : last), speaker)
}

/** What the queue needs to know of a line, which only the typewriter's timeline can tell. */
export interface Measure {
  /** Milliseconds that typing it takes. */
  duration: number
  /** Graphemes. */
  length: number
  /** It asks for the next line as soon as it is typed. */
  hurries: boolean
}
