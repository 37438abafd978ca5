import { type StreamError, streamError } from './errors.ts'
import { createParser, type ParsedEvent } from './parser.ts'
import { MAX_TIMER, noop } from './platform.ts'
import { isEventStream, type ResponseHead, type StreamRequest, type Transport } from './transport.ts'

export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'paused' | 'closed'

export interface ConnectionOptions {
  transport: Transport
  /** Makes the request of an attempt; called anew at each. */
  prepare: () => StreamRequest | Promise<StreamRequest>
  /** Whether to take the response; undefined asks the standard's rule: status 200 and an event stream. */
  accept?: ((head: ResponseHead) => boolean | undefined) | undefined
  maxEventSize?: number | undefined
  /** Longest silence in ms; 0 for no limit. */
  idleTimeout: number
  lastEventId: string

  /** Time to wait before the next attempt in ms; false closes. `failures` counts those since something last came. */
  decide: (error: StreamError, failures: number) => number | false
  onOpen: (head: ResponseHead) => void
  onEvent: (event: ParsedEvent) => void
  onComment?: ((comment: string) => void) | undefined
  onRetry: (ms: number) => void
  /** An open connection is over: with what error, or undefined if we dropped it ourselves. */
  onLost?: (error: StreamError | undefined) => void
  /** After each piece of the body; a promise asks for no more before it is fulfilled. */
  onChunk?: () => Promise<void> | undefined
  /** An attempt, or an open connection, has failed or ended. `delay` as decided. Comes after `onLost`. */
  onFailure: (error: StreamError, delay: number | false) => void
}

export interface Connection {
  readonly state: ConnectionState
  /** Longest silence in ms; 0 for no limit. */
  idleTimeout: number
  /** The id that the next attempt should resume from. */
  readonly lastEventId: string
  /** Drops what there is and tries again at once. Nothing once closed. */
  reconnect(): void
  /** Drops what there is, until `reconnect()`. */
  pause(): void
  close(): void
  /** Looks whether it is time to act: the network is back, the page is awake again. */
  wake(): void
}

/**
 * Keeps one event stream open. The only place that knows when to connect: there is at most one request and one timer
 * at any moment, and whatever an abandoned attempt still reports is not heard.
 */
export function createConnection(options: ConnectionOptions): Connection {
  let state: ConnectionState = 'connecting'
  let { lastEventId, idleTimeout } = options
  let failures = 0
  /** Number of the present attempt; abandoning it adds one. */
  let attempt = 0
  let abort = noop
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the server last gave a sign of life, by the wall clock: timers stand still while a machine sleeps. */
  let heard = 0
  let heldBack = false

  /** Leaves the present attempt for `next`. False if a call back has gone elsewhere meanwhile. */
  function leave(next: ConnectionState, error?: StreamError): boolean {
    const mine = ++attempt
    const wasOpen = state === 'open'
    state = next
    clearTimeout(timer)
    heldBack = false
    const abortPresent = abort
    abort = noop
    abortPresent()
    if (wasOpen && options.onLost) options.onLost(error)
    return mine === attempt
  }

  function fail(error: StreamError): void {
    if (!leave('waiting', error)) return
    const mine = attempt
    const delay = options.decide(error, ++failures)
    if (mine !== attempt) return
    if (delay === false) state = 'closed'
    else timer = setTimeout(connect, Math.min(Math.max(delay, 0), MAX_TIMER))
    options.onFailure(error, delay)
  }

  /** Waits for silence. In steps, so that the sleep of a machine is noticed soon after it woke up. */
  function watch(): void {
    clearTimeout(timer)
    if (idleTimeout <= 0) return
    const now = Date.now()
    // While the consumer holds reading back the silence is ours; and a clock may be set back.
    if (heldBack || heard > now) heard = now
    const left = heard + idleTimeout - now
    if (left <= 0) fail(streamError('idle', `Nothing came for ${idleTimeout} ms`))
    else timer = setTimeout(watch, Math.min(left, Math.ceil(idleTimeout / 3), MAX_TIMER))
  }

  function connect(): void {
    if (!leave('connecting')) return
    const mine = attempt
    const present = () => mine === attempt
    heard = Date.now()
    watch()
    Promise.resolve()
      .then(options.prepare)
      .then(request => {
        if (present()) listen(request, present)
      })
      .then(undefined, (cause: unknown) => {
        if (present())
          fail(
            streamError('request', `Could not make the request: ${(cause as Error)?.message || cause}`, {
              cause,
            }),
          )
      })
  }

  function listen(request: StreamRequest, present: () => boolean): void {
    let refusal: StreamError | undefined
    const alive = () => {
      heard = Date.now()
      failures = 0
    }
    const take = (event: ParsedEvent) => {
      alive()
      lastEventId = event.lastEventId
      options.onEvent(event)
    }
    const parser = createParser({
      maxEventSize: options.maxEventSize || 0,
      lastEventId,
      onEvent: event => {
        if (present()) take(event)
      },
      onComment: comment => {
        if (!present()) return
        alive()
        if (options.onComment) options.onComment(comment)
      },
      onRetry: ms => {
        if (present()) options.onRetry(ms)
      },
    })

    abort = options.transport(request, {
      head(head) {
        if (!present()) return false
        heard = Date.now()
        refusal = refuse(head, options.accept)
        if (refusal) return false
        state = 'open'
        options.onOpen(head)
        return true
      },
      refused(body) {
        if (!present() || !refusal) return
        refusal.body = body
        fail(refusal)
      },
      chunk(chunk) {
        if (!present()) return
        heard = Date.now()
        try {
          parser.push(chunk)
        } catch (error) {
          if (present()) fail(error as StreamError)
          return
        }
        if (!present()) return
        lastEventId = parser.lastEventId
        const wait = options.onChunk?.()
        if (!wait) return
        heldBack = true
        return wait.then(() => {
          if (!present()) return
          heldBack = false
          heard = Date.now()
        })
      },
      event(event) {
        if (!present()) return
        take(event)
        if (present()) options.onChunk?.()
      },
      end(error) {
        if (present()) fail(error || streamError('end', 'The server ended the stream'))
      },
    })
  }

  connect()

  return {
    get state() {
      return state
    },
    get lastEventId() {
      return lastEventId
    },
    reconnect() {
      if (state !== 'closed') connect()
    },
    pause() {
      if (state !== 'closed') leave('paused')
    },
    close() {
      leave('closed')
    },
    wake() {
      if (state === 'waiting') connect()
      else if (state === 'open' && idleTimeout > 0 && !heldBack && Date.now() - heard >= idleTimeout)
        connect()
    },
    get idleTimeout() {
      return idleTimeout
    },
    set idleTimeout(ms) {
      idleTimeout = ms
      if (state === 'open' || state === 'connecting') watch()
    },
  }
}

/** Why a response is not taken; undefined if it is. */
function refuse(head: ResponseHead, accept: ConnectionOptions['accept']): StreamError | undefined {
  const { status, header, url } = head
  const verdict = accept?.(head)
  if (verdict) return
  const contentType = header('content-type')
  if (verdict === undefined && status === 200 && isEventStream(contentType)) return
  if (status === 200 && verdict === undefined)
    return streamError('content-type', `The response is ${contentType || 'untyped'}, not text/event-stream`, {
      status,
      header,
      url,
    })
  return streamError('status', `The server answered with status ${status}`, { status, header, url })
}
