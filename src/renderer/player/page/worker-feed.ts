import type { PlayerEvent, PlayerEvents } from '../events.ts'
import { createPageName, type PageRequest } from './page-request.ts'
import type { ToPage, ToWorker } from './worker-messages.ts'

/** Milliseconds in which a shared worker must answer; a page without one starts a worker of its own. */
const WELCOME_TIMEOUT = 2_000
/** Before a worker is started again whose script did not come, ms. */
const RETRY = 2_000

/** A worker as its page speaks with it. */
interface Line {
  port: MessagePort | Worker
  hangUp(): void
}

/**
 * Events through the worker that holds the stream: one for all pages of this browser, or where that cannot be had (older
 * phones, a browser that hands out a dead one) one of this page's own.
 */
export function createWorkerFeed(request: PageRequest): PlayerEvents {
  let listener: (event: PlayerEvent) => void = () => {}
  let line: Line | undefined
  let shared = typeof SharedWorker !== 'undefined'
  let welcomed = false
  let workerName = 'stream'
  let closed = false
  let patience: ReturnType<typeof setTimeout> | undefined
  const wanted: PageRequest = { ...request }

  const send = (message: ToWorker) => line?.port.postMessage(message)

  function goAlone(): void {
    if (closed || welcomed) return
    hangUp()
    shared = false
    connect()
  }

  function connect(): void {
    welcomed = false
    clearTimeout(patience)
    line = shared ? callShared() : callOwn()
    line.port.onmessage = ({ data }: MessageEvent<ToPage>) => receive(data)
    open()
  }

  function callShared(): Line {
    const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), { name: workerName })
    worker.onerror = goAlone
    patience = setTimeout(goAlone, WELCOME_TIMEOUT)
    const { port } = worker
    return { port, hangUp: () => port.close() }
  }

  function callOwn(): Line {
    const worker = new Worker(new URL('./stream-worker.ts', import.meta.url))
    // Its script did not come: the server has just gone away.
    worker.onerror = () => {
      if (closed || welcomed) return
      listener({ name: 'connection', data: { online: false } })
      patience = setTimeout(connect, RETRY)
    }
    return { port: worker, hangUp: () => worker.terminate() }
  }

  function hangUp(): void {
    clearTimeout(patience)
    send({ type: 'close' })
    line?.hangUp()
    line = undefined
  }

  /** Each time under a new name, so that the worker can tell this page from what it was. */
  function open(): void {
    const page = createPageName()
    const called = line
    const open = (lock: string | null) =>
      called?.port.postMessage({
        type: 'open',
        request: { ...wanted, page },
        lock,
      } satisfies ToWorker)
    const { locks } = navigator
    // A worker of its own goes with its page.
    if (!shared || !locks) {
      open(null)
      return
    }
    const lock = `stream-page-${page}`
    // Held until this page is gone; the worker waits for it. Asked for first, or the worker might get it at once.
    void locks.request(lock, () => {
      open(lock)
      return new Promise(() => {})
    })
  }

  function receive(message: ToPage): void {
    switch (message.type) {
      case 'welcome':
        welcomed = true
        clearTimeout(patience)
        watch(message.lock)
        break
      case 'event': {
        if (message.id !== undefined) wanted.last_event_id = message.id
        const event = readEvent(message.name, message.data)
        if (event?.name === 'meta' && event.data.type === 'hello' && event.data.last)
          wanted.last_event_id ??= event.data.last
        if (event) listener(event)
        break
      }
      case 'connection':
        listener({ name: 'connection', data: { online: message.online } })
        break
      case 'refused':
        listener({ name: 'refused', data: message.error })
        break
      case 'ping':
        send({ type: 'pong' })
        break
      case 'dropped':
        if (!closed) {
          hangUp()
          connect()
        }
    }
  }

  /** When the worker's lock becomes free, its process has died, and another worker takes its place. */
  function watch(lock: string | null): void {
    if (!shared || lock === null) return
    void navigator.locks.request(lock, () => {
      if (closed) return
      // A browser may still hand out the dead one by its name; all pages that it leaves agree on the next name.
      workerName = `after-${lock}`
      connect()
    })
  }

  function close(): void {
    closed = true
    hangUp()
  }

  return {
    subscribe(given) {
      listener = given
      connect()
      // A page that goes away says so; one that comes back from the browser's cache begins again.
      addEventListener('pagehide', hangUp)
      addEventListener('pageshow', event => {
        if (event.persisted && !closed) connect()
      })
      return close
    },
  }
}

/** Makes an event of what a stream carries; null for data that are no JSON, and for names that no player knows. */
function readEvent(name: string, data: string): PlayerEvent | null {
  switch (name) {
    case 'message':
    case 'delta':
    case 'retract':
    case 'control':
    case 'meta':
      try {
        return { name, data: JSON.parse(data) } as PlayerEvent
      } catch {
        return null
      }
  }
  return null
}
