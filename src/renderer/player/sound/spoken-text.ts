import type { Fragment } from '../../../shared/fragments.ts'
import type { RoomSettings } from '../../../shared/room.ts'

const PICTOGRAM =
  /(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*)*)/gu

type Rules = Pick<RoomSettings['sound']['speech'], 'ignored' | 'emoji'>

/** What a voice reads of a line: neither pictures nor the characters that the room leaves out. */
export function spokenText(fragments: readonly Fragment[], { ignored, emoji }: Rules): string {
  const silent = new Set(ignored.replace(/\s/g, ''))
  let text = ''
  for (const fragment of fragments) {
    if ('text' in fragment) text += emoji ? fragment.text : fragment.text.replace(PICTOGRAM, ' ')
    else if ('emote' in fragment && emoji) text += ` ${fragment.emote.replace(/^.*:/, '')} `
    else if ('image' in fragment) text += ` ${fragment.image.alt ?? ''} `
  }
  return [...text]
    .filter(character => !silent.has(character))
    .join('')
    .replace(/ {2,}/g, ' ')
    .trim()
}
