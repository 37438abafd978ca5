import type { TellProblem } from '../../../shared/player-problem.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { Recalled } from '../companion.ts'
import { readColour, shadesOf } from '../look/shades.ts'
import { type Entry, lastSpeaker } from '../queue/entry.ts'
import { type Appearance, appearanceOf } from '../sprites/appearance.ts'
import { type Box, createBox } from '../stage/frame.ts'
import { speakerColour } from '../stage/speaker-colour.ts'
import { createLineView } from '../text/line-view.ts'
import { createOverflow } from '../text/overflow.ts'

/** Makes a box one of a line that was said: with its speaker's name, picture and colours, which it keeps. */
export function dressPast({ box, avatar, name }: Box, speaker: string, look: Appearance): void {
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
    // Checked at the door: no quotes, brackets or backslashes.
    avatar.style.backgroundImage = `url("${look.avatar}")`
  }
}

/** The box of a line that stood in a list before this page came, whole. */
export function createPastBox(
  entry: Entry,
  preset: SpeakerLook | undefined,
  emoteUrl: (name: string) => string | undefined,
  onProblem: TellProblem,
  longText: RoomSettings['longText'],
): Pick<Recalled, 'box' | 'fit'> {
  const past = createBox()
  const speaker = lastSpeaker(entry)
  // Their message says how its own speaker looks.
  const look =
    speaker === entry.speaker ? appearanceOf(preset, entry.look, entry.color) : appearanceOf(preset)
  dressPast(past, speaker, look)
  past.box.classList.toggle('sm-with-avatar', look.avatar !== undefined)
  const view = createLineView(entry.line.fragments, { emoteUrl, onProblem })
  view.reveal(view.cells.length, false)
  past.box.classList.toggle('sm-from-right', view.element.classList.contains('sm-rtl'))
  past.text.append(view.element)
  const overflow = createOverflow(past)
  return {
    box: past.box,
    fit() {
      overflow.fit(longText)
      overflow.pages(view)
      overflow.follow(view, view.cells.length - 1)
    },
  }
}
