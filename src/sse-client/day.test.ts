import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEventStream } from './event-stream.ts'

/**
 * A day of an unreliable server, by a fake clock. The library is the real one; what is made up stands outside it: time,
 * the network (`fetch`), chance. A model counts what the library may never have two of.
 */
const DAY = 24 * 60 * 60 * 1000

/** Small, seeded: a failing day can be had again. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Names of the library's files that are being run now, innermost first. Not by `stack`: the text of ten thousands costs seconds. */
function callers() {
  const { prepareStackTrace } = Error
  Error.prepareStackTrace = (_, sites) => sites
  const sites = new Error().stack as unknown as NodeJS.CallSite[]
  Error.prepareStackTrace = prepareStackTrace
  return sites.map(site => /sse-client\/([\w-]+)\.ts/.exec(site.getFileName() ?? '')?.[1])
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  // The spies lie on the fake clock: the other way round they would put it back.
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Any answer that a network may give, and the events of one log, from the id asked for. */
function createFakeServer(random: () => number) {
  const server = {
    log: 0,
    requests: 0,
    open: 0,
    mostOpen: 0,
    repeats: 0,
    lastRequestAt: 0,
    shortestGap: Infinity,
  }
  const sinks = new Set<ReadableStreamDefaultController<Uint8Array>>()
  const encoder = new TextEncoder()
  const frame = (id: number) => encoder.encode(`id: ${id}\ndata: ${id}\n\n`)

  const answer: typeof fetch = async (_, init) => {
    const signal = init!.signal!
    server.requests++
    server.shortestGap = Math.min(server.shortestGap, Date.now() - server.lastRequestAt)
    server.lastRequestAt = Date.now()
    server.open++
    server.mostOpen = Math.max(server.mostOpen, server.open)
    let isCounted = true
    const leave = () => {
      if (isCounted) server.open--
      isCounted = false
    }
    signal.addEventListener('abort', leave)
    const fate = random()
    await new Promise(resolve => setTimeout(resolve, random() * 300))
    if (signal.aborted) throw signal.reason
    if (fate < 0.3) {
      leave()
      throw new TypeError('refused')
    }
    if (fate < 0.5) {
      leave()
      return new Response('busy', {
        status: fate < 0.4 ? 503 : 429,
        headers: fate < 0.45 ? { 'Retry-After': '20' } : {},
      })
    }
    let own: ReadableStreamDefaultController<Uint8Array>
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller
        const from = Number(new Headers(init!.headers).get('last-event-id') ?? 0)
        for (let id = from + 1; id <= server.log; id++) controller.enqueue(frame(id))
        sinks.add(controller)
      },
      cancel: () => void sinks.delete(own),
    })
    const cut = (end: () => void) => {
      if (!sinks.delete(own)) return
      leave()
      end()
    }
    signal.addEventListener('abort', () => cut(() => own.error(signal.reason)))
    // Breaks, ends, or falls silent for good, some time within the next hours.
    const life = random() ** 3 * 3 * 60 * 60 * 1000
    if (fate < 0.7) setTimeout(() => cut(() => own.error(new TypeError('reset'))), life)
    else if (fate < 0.85) setTimeout(() => cut(() => own.close()), life)
    else setTimeout(() => sinks.delete(own), life)
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  return {
    state: server,
    answer,
    publish() {
      server.log++
      for (const sink of sinks) sink.enqueue(frame(server.log))
    },
    beat() {
      for (const sink of sinks) sink.enqueue(encoder.encode(':\n'))
    },
  }
}

it.each([1, 2, 3])(
  'loses and repeats nothing over a day of failures, with one request and one timer at a time (%i)',
  async seed => {
    const random = createRandom(seed)
    vi.spyOn(Math, 'random').mockImplementation(random)
    const server = createFakeServer(random)
    const delivered: number[] = []
    const failures: Record<string, number> = {}

    // The library's own timers, told by who sets them: the one that waits to connect, the one that listens for silence.
    const pending = { connection: new Set<unknown>(), watchdog: new Set<unknown>() }
    const mostPending = { connection: 0, watchdog: 0 }
    const { setTimeout: set, clearTimeout: clear } = globalThis
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms?: number) => {
      const owner = callers().find(file => file === 'connection' || file === 'watchdog')
      if (owner === undefined) return set(run, ms)
      const timer = set(() => {
        pending[owner].delete(timer)
        run()
      }, ms)
      pending[owner].add(timer)
      mostPending[owner] = Math.max(mostPending[owner], pending[owner].size)
      return timer
    }) as typeof setTimeout)
    vi.spyOn(globalThis, 'clearTimeout').mockImplementation(timer => {
      pending.connection.delete(timer)
      pending.watchdog.delete(timer)
      clear(timer)
    })

    const stream = createEventStream({
      url: 'http://server.test/',
      fetch: server.answer,
      onEvent: event => delivered.push(Number(event.data)),
      onError: error => {
        failures[error.code] = (failures[error.code] ?? 0) + 1
      },
    })

    const seconds = DAY / 1000
    for (let second = 0; second < seconds; second += 5) {
      if (random() < 0.02) server.publish()
      if (second % 15 === 0) server.beat()
      // The page asks for it now and then: a hand on the button, the network back.
      if (random() < 0.0005) stream.reconnect()
      await vi.advanceTimersByTimeAsync(5000)
      expect(server.state.open).toBeLessThanOrEqual(1)
    }
    // Time to catch up, whatever is broken just now.
    server.publish()
    for (let minute = 0; minute < 60 && delivered.length < server.state.log; minute++) {
      server.beat()
      await vi.advanceTimersByTimeAsync(15_000)
    }
    stream.close()

    expect(delivered).toEqual(Array.from({ length: server.state.log }, (_, index) => index + 1))
    expect(server.state.mostOpen).toBe(1)
    expect(mostPending).toEqual({ connection: 1, watchdog: 1 })
    expect([pending.connection.size, pending.watchdog.size]).toEqual([0, 0])
    // It was a bad day indeed, and no storm: far from one attempt a second.
    expect(Object.keys(failures).sort()).toEqual(['idle', 'network', 'status'])
    expect(server.state.requests).toBeGreaterThan(50)
    expect(server.state.requests).toBeLessThan(seconds / 20)
  },
  120_000,
)
