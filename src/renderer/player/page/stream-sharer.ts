import type { PageFrame } from '../../../shared/events.ts'
import { createEventStream, type EventStream } from '../../../sse-client/index.ts'
import { createPageName, type PageRequest } from './page-request.ts'
import type { ToPage, ToWorker } from './worker-messages.ts'

/**
 * Holds one event stream for all pages of a browser, which allows six connections a host: a dozen sources in OBS would
 * starve each other. Runs in a SharedWorker, which lives as long as any of its pages, or in the Worker of a single page.
 */
export interface StreamSharer {
  connect(port: MessagePort): void
}

interface Page {
  port: MessagePort
  request: PageRequest
  /** Part of the stream that is open: it was in its request, or was added since. */
  joined: boolean
  /** The server said that it must not come back by itself. */
  closed: boolean
  /** Pings without an answer. */
  unanswered: number
}

/** Where there are no locks (LAN addresses), a page that is gone without a word is found by pings, ms. */
const PING_INTERVAL = 20_000
const MAX_UNANSWERED = 3
/** Before a page is added again that the server took out, or could not add, ms. */
const REJOIN_DELAY = 1_000

/** A server on this machine or in this network is asked soon again, so that the stream goes on. */
const RETRY = { base: 500, max: 5_000 }

export function createStreamSharer(): StreamSharer {
  const pages = new Map<string, Page>()
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks
  const life = holdLock()
  let stream: EventStream<Record<string, string>> | null = null
  let streamId: string | null = null
  let online = false
  let pinging: ReturnType<typeof setInterval> | undefined
  /** Pages of the open stream that were here no more when something came for them, and have been taken out. */
  const strays = new Set<string>()

  /** Takes a lock that is never released: pages that wait for it learn when this worker dies. */
  function holdLock(): Promise<string | null> {
    if (!locks) return Promise.resolve(null)
    const name = `stream-worker-${createPageName()}`
    return new Promise(resolve => {
      void locks.request(name, () => {
        resolve(name)
        return new Promise(() => {})
      })
    })
  }

  const tell = ({ port }: Page, message: ToPage) => port.postMessage(message)

  function open(): void {
    if (stream !== null) return
    const opened = createEventStream({
      url: '/api/v1/streams',
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body() {
        streamId = null
        for (const page of pages.values()) page.joined = !page.closed
        return JSON.stringify({ pages: wanted() })
      },
      retry: (_error, _failures, suggested) => (suggested === false ? RETRY.max : suggested),
      onDisconnect: () => setOnline(false),
      onEvent: event => receive(event.type, event.data),
    })
    stream = opened
  }

  function wanted(): PageRequest[] {
    return [...pages.values()].filter(page => !page.closed).map(page => page.request)
  }

  function setOnline(now: boolean): void {
    online = now
    if (!now) streamId = null
    for (const page of pages.values()) tell(page, { type: 'connection', online })
  }

  function receive(type: string, data: string): void {
    if (type === 'stream') {
      streamId = (JSON.parse(data) as { stream: string }).stream
      strays.clear()
      setOnline(true)
      for (const page of pages.values()) if (!page.joined && !page.closed) join(page)
      return
    }
    const end = data.indexOf('\n')
    const name = end === -1 ? data : data.slice(0, end)
    const page = pages.get(name)
    if (page === undefined) {
      // It left before the server had it: the word that it has gone came too early.
      if (type === 'page' && !strays.has(name)) takeOut(name)
      strays.add(name)
      return
    }
    if (type === 'page') deliver(page, JSON.parse(data.slice(end + 1)) as PageFrame)
    else if (type === 'refused') {
      page.closed = true
      tell(page, { type: 'refused', error: JSON.parse(data.slice(end + 1)) })
    } else if (type === 'ended') {
      page.joined = false
      if (!page.closed) setTimeout(rejoin, REJOIN_DELAY, page)
    }
  }

  function deliver(page: Page, { event, id, data }: PageFrame): void {
    if (id !== undefined) page.request.last_event_id = id
    if (event === 'meta') obey(page, data)
    tell(page, { type: 'event', name: event, data, ...(id !== undefined && { id }) })
  }

  function obey(page: Page, data: string): void {
    const meta = JSON.parse(data) as { type: string; last?: string; keepAlive?: number }
    if (meta.type === 'closed') page.closed = true
    if (meta.type !== 'hello') return
    // Nothing may have come yet that has an id: the next stream goes on from here.
    if (meta.last) page.request.last_event_id ??= meta.last
    if (stream && meta.keepAlive) stream.idleTimeout = meta.keepAlive * 3
  }

  function rejoin(page: Page): void {
    if (pages.get(page.request.page) === page && !page.joined && !page.closed) join(page)
  }

  function join(page: Page): void {
    // The stream that is being opened will take it along.
    if (streamId === null) return
    const open = streamId
    page.joined = true
    // The stream that has been opened since took all pages along: what is said of this one is out of date.
    const isPast = () => streamId !== open
    fetch(`/api/v1/streams/${streamId}/pages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(page.request),
    })
      .then(async response => {
        if (response.ok || isPast()) return
        page.joined = false
        if (response.status === 404) stream?.reconnect()
        else if (response.status < 500 && response.status !== 429) {
          page.closed = true
          tell(page, { type: 'refused', error: await response.json() })
        } else setTimeout(rejoin, REJOIN_DELAY, page)
      })
      .catch(() => {
        if (isPast()) return
        page.joined = false
        setTimeout(rejoin, REJOIN_DELAY, page)
      })
  }

  function remove(page: Page): void {
    const name = page.request.page
    if (pages.get(name) !== page) return
    pages.delete(name)
    page.port.close()
    if (pages.size === 0) {
      clearInterval(pinging)
      pinging = undefined
      stream?.close()
      stream = null
      streamId = null
      online = false
    } else if (page.joined) takeOut(name)
  }

  function takeOut(name: string): void {
    if (streamId !== null)
      void fetch(`/api/v1/streams/${streamId}/pages/${name}`, { method: 'DELETE' }).catch(() => {})
  }

  function ping(): void {
    for (const page of [...pages.values()]) {
      if (page.unanswered >= MAX_UNANSWERED) {
        tell(page, { type: 'dropped' })
        remove(page)
      } else {
        page.unanswered++
        tell(page, { type: 'ping' })
      }
    }
  }

  function add(port: MessagePort, { request, lock }: Extract<ToWorker, { type: 'open' }>): Page {
    const page: Page = { port, request, joined: false, closed: false, unanswered: 0 }
    pages.set(request.page, page)
    void life.then(held => tell(page, { type: 'welcome', lock: held }))
    tell(page, { type: 'connection', online })
    if (lock !== null && locks) void locks.request(lock, () => remove(page))
    else pinging ??= setInterval(ping, PING_INTERVAL)
    if (stream === null) open()
    else join(page)
    return page
  }

  return {
    connect(port) {
      let page: Page | undefined
      port.onmessage = ({ data }: MessageEvent<ToWorker>) => {
        if (data.type === 'open') page = add(port, data)
        else if (page === undefined) return
        else if (data.type === 'close') remove(page)
        else page.unanswered = 0
      }
    },
  }
}
