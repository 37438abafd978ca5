import type { Fragment, Line } from '../../../shared/fragments.ts'
import { readMessage } from '../../../shared/markup/read-message.ts'
import type { Message } from '../../../shared/message.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Emotes } from '../emotes.ts'
import { appearanceOf } from '../sprites/appearance.ts'
import { createBox } from '../stage/frame.ts'
import { createLineView } from '../text/line-view.ts'
import { dressPast } from './past-box.ts'

const nothing = () => undefined

interface Part {
  speaker: string
  fragments: Fragment[]
}

/** Whether there is anything of it to be read. */
const isReadable = (fragment: Fragment) =>
  'emote' in fragment || 'image' in fragment || ('text' in fragment && fragment.text.trim() !== '')

/** What each speaker says in these lines: a line in which the speaker changes is one part for each. */
function partsOf(lines: readonly Line[], publisher: string): Part[] {
  const parts: Part[] = []
  for (const line of lines) {
    let part: Part = { speaker: line.speaker ?? publisher, fragments: [] }
    parts.push(part)
    for (const fragment of line.fragments) {
      if ('speaker' in fragment) {
        part = { speaker: fragment.speaker, fragments: [] }
        parts.push(part)
      } else part.fragments.push(fragment)
    }
  }
  return parts.filter(part => part.fragments.some(isReadable))
}

/**
 * One message as it is read afterwards: with its time; the same box that themes dress elsewhere.
 * @param upTo lines of it that may be shown.
 */
export function createBacklogEntry(
  message: Message,
  presetOf: (speaker: string) => SpeakerLook | undefined,
  emotes: Pick<Emotes, 'has' | 'url'>,
  upTo: number,
): HTMLElement {
  const past = createBox()
  const { box, plate, text } = past
  const { data } = message
  const lines = readMessage(data, { isEmote: emotes.has }).slice(0, upTo)
  const parts = partsOf(lines, message.speaker)
  const speaker = parts[0]?.speaker ?? message.speaker
  // A message of sprites and pauses alone, or one that is still to be written, has nothing to be read.
  box.hidden = parts.length === 0
  dressPast(
    past,
    speaker,
    appearanceOf(presetOf(speaker), data.look, typeof data.color === 'string' ? data.color : undefined),
  )
  const time = document.createElement('time')
  const at = new Date(message.time)
  time.className = 'sm-time'
  time.dateTime = at.toISOString()
  time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  plate.after(time)
  let speaking = speaker
  for (const part of parts) {
    if (part.speaker !== speaking) {
      const other = document.createElement('b')
      other.className = 'sm-name sm-other'
      other.textContent = part.speaker
      text.append(other)
    }
    speaking = part.speaker
    const view = createLineView(part.fragments, { emoteUrl: emotes.url, onProblem: nothing })
    view.reveal(view.cells.length, false)
    text.append(view.element)
  }
  return box
}
