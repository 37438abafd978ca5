import { createParser } from 'eventsource-parser'
import { TEST_TOKEN } from './server.ts'

/** A listener that comes back by itself, at another server each time, as a client behind a proxy does. */
export interface Follower {
  /** The numbers of the messages it was shown, in the order in which they came. */
  seqs: number[]
  /** Times that the server could not say what it had missed. */
  resets: number
  reconnects: number
  /** Resolves when it has got this number. */
  reached(seq: number): Promise<void>
  stop(): void
}

/** Milliseconds before it comes back. */
const COME_BACK = 100

/** @param urls of the servers, tried in turn from `first` on. */
export function follow(urls: () => string[], room: string, first: number): Follower {
  const abort = new AbortController()
  const watchers = new Set<() => void>()
  let turn = first
  let lastId = ''

  const follower: Follower = {
    seqs: [],
    resets: 0,
    reconnects: -1,
    reached: seq =>
      new Promise(resolve => {
        const watcher = () => {
          if ((follower.seqs.at(-1) ?? 0) < seq) return
          watchers.delete(watcher)
          resolve()
        }
        watchers.add(watcher)
        watcher()
      }),
    stop: () => abort.abort(),
  }

  async function listenOnce(): Promise<void> {
    const all = urls()
    const url = all[turn++ % all.length]
    const query = lastId === '' ? '?since=all' : `?last_event_id=${lastId}`
    const response = await fetch(`${url}/api/v1/rooms/${room}/events${query}`, { signal: abort.signal })
    if (!response.ok) throw new Error(`${response.status}`)
    follower.reconnects++
    const parser = createParser({
      onEvent({ id, event, data }) {
        if (event === 'meta' && data.includes('"reset":true')) follower.resets++
        if (id === undefined) return
        lastId = id
        if (event === undefined) follower.seqs.push(Number(id.split('-')[1]))
      },
    })
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) {
      parser.feed(decoder.decode(chunk, { stream: true }))
      for (const watcher of watchers) watcher()
    }
  }

  void (async () => {
    while (!abort.signal.aborted) {
      await listenOnce().catch(() => {})
      if (!abort.signal.aborted) await new Promise(resolve => setTimeout(resolve, COME_BACK))
    }
  })()
  return follower
}

/** Publishes one line after the other until stopped, each until some server has accepted it. */
export interface Publisher {
  /** The numbers of what was accepted. */
  accepted: number[]
  /** Requests that failed and were sent again. */
  retries: number
  /** Resolves when the line under way has been accepted. */
  stop(): Promise<void>
}

let publishers = 0

export function publish(urls: () => string[], room: string, first: number): Publisher {
  const own = publishers++
  let stopped = false
  let turn = first
  let line = 0

  async function attempt(text: string): Promise<number | null> {
    const all = urls()
    try {
      const response = await fetch(`${all[turn % all.length]}/api/v1/rooms/${room}/messages`, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${TEST_TOKEN}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': text,
        },
        body: JSON.stringify({ speaker: `p${own}`, data: { message: text } }),
        signal: AbortSignal.timeout(5_000),
      })
      const answer = await response.json()
      if (response.status === 202) return Number(answer.message.id.split('-')[1])
    } catch {
      // The server is gone, or does not answer.
    }
    return null
  }

  async function run(): Promise<void> {
    while (!stopped) {
      const text = `p${own}-${++line}`
      for (;;) {
        const seq = await attempt(text)
        if (seq !== null) {
          publisher.accepted.push(seq)
          break
        }
        publisher.retries++
        turn++
        await new Promise(resolve => setTimeout(resolve, COME_BACK))
      }
    }
  }

  const publisher: Publisher = {
    accepted: [],
    retries: 0,
    async stop() {
      stopped = true
      await running
    },
  }
  const running = run()
  return publisher
}
