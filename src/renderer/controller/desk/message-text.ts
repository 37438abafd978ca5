import type { Fragment } from '../../../shared/fragments.ts'
import { readMessage } from '../../../shared/markup/read-message.ts'
import { toMarkup } from '../../../shared/markup/serialise.ts'
import type { MessageData } from '../../../shared/message.ts'

function fragmentText(fragment: Fragment): string {
  if ('text' in fragment) return fragment.text
  if ('emote' in fragment) return `:${fragment.emote}:`
  return ''
}

/** A message as one reads it: without its markup. For lists and search. */
export function readableText(data: MessageData): string {
  return readMessage(data)
    .map(line => line.fragments.map(fragmentText).join(''))
    .join('\n')
}

/** A message as one writes it, to be edited: the markup that it was made of, or that says the same. */
export function editableText(data: MessageData): string {
  if (typeof data.message === 'string') return asTyped(data.message)
  const lines = readMessage(data).map(line => toMarkup(line.fragments))
  return asTyped(lines.join('\n'))
}

/** What is typed to say this: a slash at its beginning is doubled, else it would be an order to the stage. */
export const asTyped = (text: string): string => (text.startsWith('/') ? `/${text}` : text)
