import { createParser } from '../../../sse-client/index.ts'
import { ApiError } from '../errors.ts'

/** Characters of one line of JSON, or of one upstream event: a model's tokens come in some hundred. */
const MAX_PIECE = 1024 * 1024

/** Finds the text in the bytes of a body that is still arriving. Keeps what is cut in the middle for the next bytes. */
export interface TextStream {
  /** @throws ApiError `too-large` for a line or an event without end. */
  push(bytes: Uint8Array): string
  /** @returns what was left when the body ended. */
  end(): string
}

/**
 * @param contentType `text/event-stream`: an upstream in the manner of OpenAI's chat completions (or any SSE whose
 * data is text or `{text}`); `application/x-ndjson` or `application/json`: a JSON value a line, a string or `{text}`;
 * anything else: plain text.
 */
export function createTextStream(contentType: string): TextStream {
  const type = contentType.split(';')[0]!.trim().toLowerCase()
  if (type === 'text/event-stream') return fromEventStream()
  if (type === 'application/x-ndjson' || type === 'application/jsonl' || type === 'application/json')
    return fromLines()
  return fromText()
}

function fromText(): TextStream {
  const decoder = new TextDecoder()
  return {
    push: bytes => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode(),
  }
}

function fromLines(): TextStream {
  const decoder = new TextDecoder()
  let rest = ''
  const take = (lines: string[]) =>
    lines
      .filter(line => line.trim() !== '')
      .map(line => textOf(line))
      .join('')
  return {
    push(bytes) {
      const text = decoder.decode(bytes, { stream: true })
      // Only what is new is looked through: a long line may come in many small chunks.
      const end = text.lastIndexOf('\n')
      const lines = end < 0 ? [] : (rest + text.slice(0, end)).split('\n')
      rest = end < 0 ? rest + text : text.slice(end + 1)
      if (rest.length > MAX_PIECE) throw tooLarge()
      return take(lines)
    },
    end: () => take([rest + decoder.decode()]),
  }
}

function fromEventStream(): TextStream {
  let text = ''
  const parser = createParser({
    maxEventSize: MAX_PIECE,
    onEvent: event => {
      if (event.data !== '[DONE]') text += textOf(event.data)
    },
  })
  const take = () => {
    const taken = text
    text = ''
    return taken
  }
  return {
    push(bytes) {
      try {
        parser.push(bytes)
      } catch {
        throw tooLarge()
      }
      return take()
    },
    end: take,
  }
}

/** The text in one JSON value: a string, `{text}`, or a chunk of a chat completion. Text that is no JSON is itself. */
function textOf(line: string): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return line
  }
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return line
  const { text, choices } = value as {
    text?: unknown
    choices?: { delta?: { content?: unknown }; text?: unknown }[]
  }
  if (typeof text === 'string') return text
  const choice = Array.isArray(choices) ? choices[0] : undefined
  const content = choice?.delta?.content ?? choice?.text
  return typeof content === 'string' ? content : ''
}

const tooLarge = () => new ApiError('too-large', `a line or an event may have ${MAX_PIECE} characters`)
