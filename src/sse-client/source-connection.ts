import { type Connection, createConnection } from './connection.ts'
import type { SourcePlatform } from './event-source.ts'
import { watchPageLife } from './page-life.ts'
import { idAsHeader } from './request.ts'
import { queueTask } from './task.ts'

const CONNECTING = 0
const OPEN = 1
const CLOSED = 2

/** Wait before a reconnection in ms, where the server names none: what browsers take. */
const RECONNECTION_TIME = 3000

/** Longest wait after failures in a row, in ms; the standard allows such a backoff. */
const MAX_RECONNECTION_TIME = 30_000

/** What an event source keeps inside. */
export interface Source {
  readonly url: string
  readonly withCredentials: boolean
  readonly readyState: 0 | 1 | 2
  readonly lastEventId: string
  /** Wait before a reconnection, in ms. */
  readonly reconnectionTime: number
  close(): void
}

/**
 * Opens the connection of an event source to an absolute address and dispatches on `target` what comes, each event as a
 * task of its own. With `cancel` there is only one connection: it is called when that is over, or unwanted.
 */
export function openSource(
  target: EventTarget,
  { createEvent, transport, addresses }: SourcePlatform,
  url: string,
  withCredentials: boolean,
  fetch: typeof globalThis.fetch | undefined,
  cancel: (() => void) | undefined,
): Source {
  let readyState: 0 | 1 | 2 = CONNECTING
  let reconnectionTime = RECONNECTION_TIME
  let origin = ''
  let waiting = 0
  let drained: (() => void) | undefined

  /** Dispatches an event in a task of its own, in the state given, unless closed by then. */
  function tell(state: 0 | 1 | 2, type: string, init?: MessageEventInit): void {
    waiting++
    queueTask(() => {
      waiting--
      if (readyState !== CLOSED) {
        readyState = state
        if (state === CLOSED) unwatch()
        target.dispatchEvent(createEvent(type, init))
      }
      if (waiting === 0 && drained) drained()
    })
  }

  const connection: Connection = createConnection({
    transport,
    prepare() {
      // Other schemes can never give an event stream. What this throws ends the source.
      if (!fetch && !/^(https?|data|blob):/.test(url)) throw new TypeError(url)
      const headers: [string, string][] = [['Accept', 'text/event-stream']]
      const id = idAsHeader(connection.lastEventId)
      if (id) headers.push(['Last-Event-ID', id])
      const credentials = withCredentials ? 'include' : 'same-origin'
      return { url, method: 'GET', headers, credentials, fetch }
    },
    lastEventId: '',
    decide({ code }, failures) {
      if (cancel || (code !== 'network' && code !== 'end')) return false
      // A time of 0 grows too, lest a server that is down be asked without pause.
      const grown = (reconnectionTime || 50) * 2 ** (failures - 1)
      return Math.max(reconnectionTime, Math.min(grown, MAX_RECONNECTION_TIME))
    },
    onOpen(head) {
      origin = addresses.originOf(head.url || url)
      tell(OPEN, 'open')
    },
    onRetry(ms) {
      reconnectionTime = ms
    },
    onEvent({ type, data, lastEventId }) {
      tell(OPEN, type, { data, origin, lastEventId })
    },
    onChunk() {
      // Read on when what has come is dispatched, so that a burst does not pile up.
      if (waiting > 0)
        return new Promise(resolve => {
          drained = resolve
        })
    },
    onFailure(_, delay) {
      tell(delay === false ? CLOSED : CONNECTING, 'error')
    },
  })

  /** The page is back: what the standard calls reestablishing the connection, but at once. */
  function back(): void {
    if (connection.state !== 'paused') return
    connection.connectIf('paused')
    tell(CONNECTING, 'error')
  }

  const unwatch: () => void =
    cancel || watchPageLife(() => connection.connectIf('waiting'), connection.pause, back)

  return {
    url,
    withCredentials,
    get readyState() {
      return readyState
    },
    get lastEventId() {
      return connection.lastEventId
    },
    get reconnectionTime() {
      return reconnectionTime
    },
    close() {
      readyState = CLOSED
      unwatch()
      connection.close()
    },
  }
}
