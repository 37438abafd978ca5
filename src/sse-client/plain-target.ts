import { reportError } from './platform.ts'

interface Entry {
  type: string
  listener: EventListenerOrEventListenerObject
  capture: boolean
  once: boolean
  removed: boolean
}

/**
 * An EventTarget for engines whose own cannot be constructed: it does what an event source needs of one.
 * Events are plain objects here, and get their `target` when dispatched.
 */
export class PlainTarget {
  // Made when first needed: a subclass in ES5 may not run this constructor.
  declare _entries?: Entry[]

  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void {
    if (!listener) return
    const capture = isCapture(options)
    const { once, signal } = (typeof options === 'object' && options) || ({} as AddEventListenerOptions)
    if (signal?.aborted || this._find(type, listener, capture)) return
    const entry = { type: `${type}`, listener, capture, once: !!once, removed: false }
    // A new list each time: one that is being gone through stays as it is.
    this._entries = (this._entries || []).concat(entry)
    if (signal) signal.addEventListener('abort', () => this._remove(entry))
  }

  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void {
    this._remove(this._find(type, listener, isCapture(options)))
  }

  dispatchEvent(event: Event): boolean {
    const plain = event as { target: unknown; currentTarget: unknown }
    plain.target = plain.currentTarget = this
    for (const entry of this._entries || []) {
      if (entry.type !== event.type || entry.removed) continue
      const { listener } = entry
      if (entry.once) this._remove(entry)
      try {
        if (typeof listener === 'function') listener.call(this, event)
        else listener.handleEvent(event)
      } catch (error) {
        reportError(error)
      }
    }
    return true
  }

  _find(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    capture: boolean,
  ): Entry | undefined {
    return (this._entries || []).filter(
      entry => entry.type === type && entry.listener === listener && entry.capture === capture,
    )[0]
  }

  _remove(entry: Entry | undefined): void {
    if (!entry) return
    entry.removed = true
    this._entries = (this._entries || []).filter(other => other !== entry)
  }
}

function isCapture(options: boolean | EventListenerOptions | undefined): boolean {
  return typeof options === 'object' && options ? !!options.capture : !!options
}
