import { readMessage } from '../../../shared/markup/read-message.ts'
import type { Message } from '../../../shared/message.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Emotes } from '../emotes.ts'
import { readColour, shadesOf } from '../look/shades.ts'
import { appearanceOf } from '../sprites/appearance.ts'
import { createBox } from '../stage/frame.ts'
import { speakerColour } from '../stage/speaker-colour.ts'
import { createLineView } from '../text/line-view.ts'

const nothing = () => undefined

/** One message as it is read afterwards: whole, with its time; the same box that themes dress elsewhere. */
export function createBacklogEntry(
  message: Message,
  presetOf: (speaker: string) => SpeakerLook | undefined,
  emotes: Pick<Emotes, 'has' | 'url'>,
): HTMLElement {
  const { box, avatar, plate, name, text } = createBox()
  const { data } = message
  const lines = readMessage(data, { isEmote: emotes.has })
  const speaker = lines[0]?.speaker ?? message.speaker
  const look = appearanceOf(
    presetOf(speaker),
    data.look,
    typeof data.color === 'string' ? data.color : undefined,
  )
  const color = look.color || speakerColour(speaker)
  const rgb = readColour(color)
  box.classList.add('sm-past')
  box.dataset.speaker = speaker
  box.style.setProperty('--speaker', color)
  if (rgb) {
    const { bright, deep } = shadesOf(rgb)
    box.style.setProperty('--speaker-bright', bright)
    box.style.setProperty('--speaker-deep', deep)
  }
  name.textContent = speaker
  avatar.dataset.initial = [...speaker][0]?.toLocaleUpperCase() ?? ''
  if (look.avatar) {
    avatar.classList.add('sm-pictured')
    avatar.style.backgroundImage = `url("${look.avatar}")`
  }
  const time = document.createElement('time')
  const at = new Date(message.time)
  time.className = 'sm-time'
  time.dateTime = at.toISOString()
  time.textContent = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  plate.after(time)
  let speaking = speaker
  for (const line of lines) {
    const next = line.speaker ?? message.speaker
    if (next !== speaking) {
      const other = document.createElement('b')
      other.className = 'sm-name sm-other'
      other.textContent = next
      text.append(other)
    }
    speaking = next
    const view = createLineView(line.fragments, { emoteUrl: emotes.url, onProblem: nothing })
    view.reveal(view.cells.length, false)
    text.append(view.element)
  }
  return box
}
