import type { Fragment } from '../../../shared/fragments.ts'
import { readMessage } from '../../../shared/markup/read-message.ts'
import { toMarkup } from '../../../shared/markup/serialise.ts'
import type { MessageData } from '../../../shared/message.ts'

function fragmentText(fragment: Fragment): string {
  if ('text' in fragment) return fragment.text
  if ('emote' in fragment) return `:${fragment.emote}:`
  return ''
}

/** Lists are drawn anew at each event of the room; to parse 300 lines each time takes 10 ms. */
const read = new WeakMap<MessageData, string>()

/**
 * A message as one reads it: without its markup. For lists and search.
 * @param data is taken to be as it was when it was read before
 */
export function readableText(data: MessageData): string {
  const known = read.get(data)
  if (known !== undefined) return known
  const text = readMessage(data)
    .map(line => line.fragments.map(fragmentText).join(''))
    .join('\n')
  read.set(data, text)
  return text
}

/** A message as one writes it, to be edited: the markup that it was made of, or that says the same. */
export function editableText(data: MessageData): string {
  if (typeof data.message === 'string') return asTyped(data.message)
  const lines = readMessage(data).map(line => toMarkup(line.fragments))
  return asTyped(lines.join('\n'))
}

/** What is typed to say this: a slash at its beginning is doubled, else it would be an order to the stage. */
export const asTyped = (text: string): string => (text.startsWith('/') ? `/${text}` : text)
