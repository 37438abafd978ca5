/** The event that every peer sends, byte for byte what Streaming Message sends for the same publish body. */
export function eventOf(seq: number, { speaker, data }: { speaker: string; data: unknown }) {
  const id = `benchmark-${seq}`
  const json = JSON.stringify({
    id,
    room: 'lobby',
    speaker,
    data,
    time: Date.now(),
    meta: null,
    status: 'complete',
  })
  return { id, json }
}

/** Reads a request's whole body as JSON. */
export async function readBody(request: AsyncIterable<Buffer>): Promise<{ speaker: string; data: unknown }> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

export const STREAM_HEAD = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-cache, no-transform',
}
