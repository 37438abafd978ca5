import { setTimeout as wait } from 'node:timers/promises'
import { createParser } from 'eventsource-parser'

/** A client as the standard has it: it comes back after every end, with the last id that it has. */
export interface ResumingClient {
  /** Ids of messages in the order in which they came, over all connections. */
  ids: string[]
  /** How often it was told that what it asked for is gone. */
  resets: number
  connections: number
  /** Resolves when the message with this id has come. */
  has(id: string): Promise<void>
  close(): void
}

const RETRY = 50

export function openResumingClient(url: string): ResumingClient {
  const abort = new AbortController()
  const watchers = new Set<() => void>()
  let lastId = ''
  const client: ResumingClient = {
    ids: [],
    resets: 0,
    connections: 0,
    has: id =>
      new Promise(resolve => {
        const look = () => {
          if (!client.ids.includes(id)) return
          watchers.delete(look)
          resolve()
        }
        watchers.add(look)
        look()
      }),
    close: () => abort.abort(),
  }

  async function connect(): Promise<void> {
    const response = await fetch(url, {
      headers: { Accept: 'text/event-stream', ...(lastId ? { 'Last-Event-ID': lastId } : {}) },
      signal: abort.signal,
    })
    client.connections++
    const decoder = new TextDecoder()
    const parser = createParser({
      onEvent({ event, id, data }) {
        if (id) lastId = id
        if (event === undefined) client.ids.push(id!)
        else if (event === 'meta' && JSON.parse(data).reset) client.resets++
        for (const watcher of watchers) watcher()
      },
    })
    for await (const chunk of response.body!) parser.feed(decoder.decode(chunk, { stream: true }))
  }

  const live = async () => {
    while (!abort.signal.aborted) {
      await connect().catch(() => {})
      await wait(RETRY, undefined, { signal: abort.signal }).catch(() => {})
    }
  }
  void live()
  return client
}

/** Sends until it is accepted, with one key for all tries. @returns the message's id. */
export async function sendUntilAccepted(
  url: string,
  token: string,
  text: string,
  key: string,
): Promise<string> {
  for (;;) {
    try {
      const response = await fetch(`${url}/api/v1/rooms/lobby/messages`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': key,
        },
        body: JSON.stringify({ data: { message: text } }),
      })
      if (response.status === 202) return (await response.json()).message.id
    } catch {
      // The server is away.
    }
    await wait(RETRY)
  }
}
