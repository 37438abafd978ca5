export interface EventSourceInit {
  /** Send cookies and the like to other origins as well. Default false. */
  withCredentials?: boolean
  /** Beyond the standard: used in place of the global fetch, to add headers or to go through a proxy. */
  fetch?: typeof fetch
}

export interface EventSourceEventMap {
  open: Event
  message: MessageEvent<string>
  error: Event
}

type Handler<Type extends keyof EventSourceEventMap> =
  | ((this: EventSourceInstance, event: EventSourceEventMap[Type]) => unknown)
  | null

/** WHATWG HTML, "The EventSource interface". */
export interface EventSourceInstance extends EventTarget {
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
  /** The address, made absolute. */
  readonly url: string
  readonly withCredentials: boolean
  readonly readyState: 0 | 1 | 2
  /** Beyond the standard: the id that a reconnection would resume from. */
  readonly lastEventId: string
  /** Beyond the standard: the wait before a reconnection in ms, 3,000 until the server names one. */
  readonly reconnectionTime: number
  onopen: Handler<'open'>
  onmessage: Handler<'message'>
  onerror: Handler<'error'>
  close(): void
  addEventListener<Type extends keyof EventSourceEventMap>(
    type: Type,
    listener:
      | ((this: EventSourceInstance, event: EventSourceEventMap[Type]) => unknown)
      | { handleEvent(event: EventSourceEventMap[Type]): unknown }
      | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  addEventListener(
    type: string,
    listener:
      | ((this: EventSourceInstance, event: MessageEvent<string>) => unknown)
      | { handleEvent(event: MessageEvent<string>): unknown }
      | null,
    options?: boolean | AddEventListenerOptions,
  ): void
  removeEventListener(
    type: string,
    listener:
      | ((this: EventSourceInstance, event: MessageEvent<string>) => unknown)
      | { handleEvent(event: MessageEvent<string>): unknown }
      | null,
    options?: boolean | EventListenerOptions,
  ): void
}

export interface EventSourceConstructor {
  new (url: string | URL, init?: EventSourceInit): EventSourceInstance
  /** Beyond the standard: dispatches what a stream of bytes brings; closed when that ends. Throws a TypeError if it is locked. */
  fromReadableStream(stream: ReadableStream<Uint8Array>): EventSourceInstance
  readonly prototype: EventSourceInstance
  readonly CONNECTING: 0
  readonly OPEN: 1
  readonly CLOSED: 2
}
