import { type StreamError, streamError } from './errors.ts'
import { createParser, type ParsedEvent } from './parser.ts'
import { MAX_TIMER, noop } from './platform.ts'
import type { ResponseHead, StreamRequest, Transport } from './transport.ts'

/** How long to wait for the body of a refused response, in ms. */
const PEEK_TIME = 2000

/**
 * `waiting`: for the time of the next attempt. `paused`: until the page is back. `closed`: for good.
 */
export type ConnectionState = 'connecting' | 'open' | 'waiting' | 'paused' | 'closed'

export interface ConnectionOptions {
  transport: Transport
  /** Makes the request of an attempt; called anew at each. */
  prepare: () => StreamRequest | Promise<StreamRequest>
  /** Whether to take the response; undefined asks the standard's rule: status 200 and an event stream. */
  accept?: ((head: ResponseHead) => boolean | undefined) | undefined
  /** How much of a refused response's body to put into the error, in bytes. None by default. */
  peek?: number
  maxEventSize?: number | undefined
  lastEventId: string

  /** Time to wait before the next attempt in ms; false closes. `failures` counts those since something last came. */
  decide: (error: StreamError, failures: number) => number | false
  /** Called in every state that it enters. */
  onState?: (state: ConnectionState) => void
  onOpen: (head: ResponseHead) => void
  onEvent: (event: ParsedEvent) => void
  onComment?: ((comment: string) => void) | undefined
  onRetry: (ms: number) => void
  /** Something has come, be it a part of a comment. */
  onLife?: () => void
  /** An open connection is over: with what error, or undefined if we dropped it ourselves. */
  onLost?: (error: StreamError | undefined) => void
  /** After each piece of the body; a promise asks for no more before it is fulfilled. */
  onChunk?: () => Promise<void> | undefined
  /** An attempt, or an open connection, has failed or ended. `delay` as decided. Comes after `onLost`. */
  onFailure: (error: StreamError, delay: number | false) => void
}

export interface Connection {
  readonly state: ConnectionState
  /** The id that the next attempt should resume from. */
  readonly lastEventId: string
  /** Drops what there is and tries again at once. Nothing once closed. */
  reconnect(): void
  /** Takes what there is for failed. */
  fail(error: StreamError): void
  /** Drops what there is, until it is told to connect. */
  pause(): void
  /** Connects, if in this state. */
  connectIf(state: 'paused' | 'waiting'): void
  close(): void
}

/**
 * Keeps one event stream open. The only place that knows when to connect: there is at most one request and one timer
 * at any moment, and whatever an abandoned attempt still reports is not heard.
 */
export function createConnection(options: ConnectionOptions): Connection {
  let state: ConnectionState = 'connecting'
  let { lastEventId } = options
  let failures = 0
  /** Number of the present attempt; abandoning it adds one. */
  let attempt = 0
  let abort = noop
  let timer: ReturnType<typeof setTimeout> | undefined

  function enter(next: ConnectionState): void {
    state = next
    options.onState?.(next)
  }

  /** Leaves the present attempt for `next`. False if a call back has gone elsewhere meanwhile. */
  function leave(next: ConnectionState, error?: StreamError): boolean {
    const mine = ++attempt
    const wasOpen = state === 'open'
    const abortPresent = abort
    abort = noop
    clearTimeout(timer)
    enter(next)
    abortPresent()
    if (wasOpen) options.onLost?.(error)
    return mine === attempt
  }

  function fail(error: StreamError): void {
    if (!leave('waiting', error)) return
    const mine = attempt
    const delay = options.decide(error, ++failures)
    if (mine !== attempt) return
    if (delay === false) enter('closed')
    else timer = setTimeout(connect, Math.min(delay, MAX_TIMER))
    options.onFailure(error, delay)
  }

  function connect(): void {
    if (!leave('connecting')) return
    const mine = attempt
    const isPresent = () => mine === attempt
    Promise.resolve()
      // Abandoned by now, perhaps: then nobody is asked for a token.
      .then(() => isPresent() && options.prepare())
      .then(request => {
        if (request && isPresent()) listen(request, isPresent)
      })
      .then(undefined, cause => {
        if (isPresent()) fail(streamError('request', { cause }))
      })
  }

  function listen(request: StreamRequest, isPresent: () => boolean): void {
    /** Wraps a call back: it hears the present attempt only, and takes it for a success. */
    const ifPresent =
      <Value>(callback: ((value: Value) => void) | undefined) =>
      (value: Value) => {
        if (!isPresent()) return
        failures = 0
        callback?.(value)
      }
    const onEvent = ifPresent<ParsedEvent>(event => {
      lastEventId = event.lastEventId
      options.onEvent(event)
    })
    const parser = createParser({
      maxEventSize: options.maxEventSize,
      lastEventId,
      onEvent,
      onComment: ifPresent(options.onComment),
      onRetry: ifPresent(options.onRetry),
    })

    // The transport says nothing once aborted; only within a call back the attempt may have been left.
    abort = options.transport(request, {
      head(head, peek) {
        options.onLife?.()
        const refusal = refuse(head, options.accept)
        if (!refusal) {
          enter('open')
          options.onOpen(head)
        } else if (options.peek) {
          // It may never come.
          timer = setTimeout(() => fail(refusal), PEEK_TIME)
          peek(options.peek).then(body => {
            refusal.body = body
            if (isPresent()) fail(refusal)
          })
        } else fail(refusal)
        return !refusal
      },
      chunk(chunk) {
        options.onLife?.()
        try {
          parser.push(chunk)
        } catch (error) {
          if (isPresent()) fail(error as StreamError)
        }
        if (!isPresent()) return
        lastEventId = parser.lastEventId
        return options.onChunk?.()
      },
      event(event) {
        options.onLife?.()
        onEvent(event)
        if (isPresent()) options.onChunk?.()
      },
      end(error) {
        fail(error || streamError('end'))
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
    fail,
    pause() {
      if (state !== 'closed') leave('paused')
    },
    connectIf(when) {
      if (state === when) connect()
    },
    close() {
      leave('closed')
    },
  }
}

/** Why a response is not taken; undefined if it is. */
function refuse(head: ResponseHead, accept: ConnectionOptions['accept']): StreamError | undefined {
  const { status, header } = head
  const isRight = status === 200 && /^\s*text\/event-stream\s*(;|$)/i.test(header('content-type') as string)
  const verdict = accept?.(head)
  if (verdict === undefined ? isRight : verdict) return
  return streamError(verdict === undefined && status === 200 ? 'content-type' : 'status', head)
}
