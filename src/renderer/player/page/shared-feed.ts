import type { PlayerEvent } from '../events.ts'
import { createPageName, type Feed, type PageRequest, readEvent } from './feed.ts'
import type { ToPage, ToWorker } from './worker-messages.ts'

/** Milliseconds in which the worker must answer; a page without one opens a stream of its own. */
const WELCOME_TIMEOUT = 2_000

/**
 * Events through the worker that holds one stream for all pages of this browser.
 * @param onUnavailable the worker cannot be had, nothing more will come from it: go on by yourself with this request.
 */
export function createSharedFeed(request: PageRequest, onUnavailable: (request: PageRequest) => void): Feed {
  let listener: (event: PlayerEvent) => void = () => {}
  let port: MessagePort | undefined
  let welcomed = false
  let workerName = 'stream'
  let closed = false
  let patience: ReturnType<typeof setTimeout> | undefined
  const wanted: PageRequest = { ...request }

  const send = (message: ToWorker) => port?.postMessage(message)

  function giveUp(): void {
    if (closed || welcomed) return
    close()
    onUnavailable(wanted)
  }

  function connect(): void {
    welcomed = false
    const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), { name: workerName })
    worker.onerror = giveUp
    port = worker.port
    port.onmessage = ({ data }: MessageEvent<ToPage>) => receive(data)
    open()
    clearTimeout(patience)
    patience = setTimeout(giveUp, WELCOME_TIMEOUT)
  }

  /** Each time under a new name, so that the worker can tell this page from what it was. */
  function open(): void {
    const page = createPageName()
    const open = (lock: string | null) => send({ type: 'open', request: { ...wanted, page }, lock })
    const { locks } = navigator
    if (!locks) {
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
        if (!closed) connect()
    }
  }

  /** When the worker's lock becomes free, its process has died, and another worker takes its place. */
  function watch(lock: string | null): void {
    if (lock === null) return
    void navigator.locks.request(lock, () => {
      if (closed) return
      // A browser may still hand out the dead one by its name; all pages that it leaves agree on the next name.
      workerName = `after-${lock}`
      connect()
    })
  }

  function close(): void {
    closed = true
    send({ type: 'close' })
    port?.close()
  }

  return {
    subscribe(given) {
      listener = given
      connect()
      // A page that goes away says so; one that comes back from the browser's cache begins again.
      addEventListener('pagehide', () => send({ type: 'close' }))
      addEventListener('pageshow', event => {
        if (event.persisted && !closed) connect()
      })
      return close
    },
    close,
  }
}
