import { z } from 'zod'
import { readMessage } from '../../../shared/markup/read-message.ts'
import { createEventStream } from '../../../sse-client/index.ts'

export interface CaptionsOptions {
  /** The room's event stream. */
  url(): string
  token(): Promise<string>
  say(text: string): Promise<void>
  log(text: string): void
}

const line = z.object({
  speaker: z.string().default(''),
  data: z.looseObject({ message: z.unknown() }),
  status: z.string().default('complete'),
})

/** Follows the room as any client does and gives each complete line to OBS as a caption. @returns the way to stop */
export function captionRoom({ url, token, say, log }: CaptionsOptions): () => void {
  const stream = createEventStream<{ message: string }>({
    url,
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
    onEvent(event) {
      if (event.type !== 'message') return
      const text = captionText(event.data)
      if (text !== '') say(text).catch(error => log(`captions: ${(error as Error).message}`))
    },
  })
  return () => stream.close()
}

/** What is said, without markup: captions are plain text. */
function captionText(data: string): string {
  const parsed = line.safeParse(parseJson(data))
  if (!parsed.success || parsed.data.status !== 'complete') return ''
  const { speaker } = parsed.data
  const fragments = readMessage(parsed.data.data).flatMap(one => one.fragments)
  const text = fragments
    .map(one => ('text' in one ? one.text : ''))
    .join('')
    .trim()
  if (text === '') return ''
  return speaker === '' ? text : `${speaker}: ${text}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
