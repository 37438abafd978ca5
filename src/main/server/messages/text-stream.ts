import { createParser } from '../../../sse-client/index.ts'

/** Finds the text in the bytes of a body that is still arriving. Keeps what is cut in the middle for the next bytes. */
export interface TextStream {
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
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop()!
      return take(lines)
    },
    end: () => take([rest + decoder.decode()]),
  }
}

function fromEventStream(): TextStream {
  let text = ''
  const parser = createParser({
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
      parser.push(bytes)
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
