/**
 * The two halves of Electron's preload in a real Chromium: the preload runs in an isolated world of its own (as in
 * Electron), and reaches the page only through `contextBridge`, whose calls travel as events on `document`.
 * Both are sent to the browser as source text: they may use nothing from outside their own body.
 */

/** Runs in the page's world: gives it the functions that the preload exposed. */
export function mainWorldShim(secret: string): void {
  if (window !== window.top) return
  const calls = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const callbacks = new Map<number, (...args: unknown[]) => unknown>()
  let next = 0
  let answer: { kind: string; value?: unknown; message?: string } | undefined
  const say = (name: string, detail: unknown) => {
    document.dispatchEvent(new CustomEvent(`${secret}:${name}`, { detail }))
  }
  const hear = (name: string, listener: (detail: never) => void) => {
    document.addEventListener(`${secret}:${name}`, event => listener((event as CustomEvent).detail as never))
  }
  const send = (value: unknown): unknown => {
    if (typeof value !== 'function') return structuredClone(value)
    next += 1
    callbacks.set(next, value as (...args: unknown[]) => unknown)
    return { $callback: next }
  }
  const proxyOf =
    (path: string) =>
    (...args: unknown[]) => {
      const id = ++next
      answer = undefined
      say('call', { id, path, args: args.map(send) })
      const got = answer as { kind: string; value?: unknown; message?: string } | undefined
      if (got?.kind === 'error') throw new Error(got.message)
      if (got?.kind === 'function') return proxyOf(String(got.value))
      if (got?.kind !== 'promise') return got?.value
      return new Promise((resolve, reject) => calls.set(id, { resolve, reject }))
    }
  const build = (shape: unknown): unknown => {
    if (typeof shape !== 'object' || shape === null) return shape
    if ('$function' in shape) return proxyOf(String(shape.$function))
    const entries = Object.entries(shape).map(([key, value]) => [key, build(value)])
    return Object.freeze(Object.fromEntries(entries))
  }
  hear('expose', ({ key, shape }: { key: string; shape: unknown }) => {
    Object.defineProperty(window, key, { value: build(shape), enumerable: true })
  })
  hear('answer', (detail: typeof answer) => {
    answer = detail
  })
  hear('settle', ({ id, value, message }: { id: number; value?: unknown; message?: string }) => {
    if (message === undefined) calls.get(id)?.resolve(value)
    else calls.get(id)?.reject(new Error(message))
    calls.delete(id)
  })
  hear('callback', ({ id, args }: { id: number; args: unknown[] }) => callbacks.get(id)?.(...args))
}

/** Runs in the preload's world. `transport` is the binding that carries text to the main process. */
export function preloadWorldShim(
  secret: string,
  transport: string,
  preload: (...args: never[]) => void,
  info: object,
): void {
  if (window !== window.top) return
  type Listener = (event: object, ...args: unknown[]) => void
  const post = (globalThis as unknown as Record<string, (text: string) => void>)[transport]
  const listeners = new Map<string, Set<Listener>>()
  const invocations = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const functions = new Map<string, (...args: unknown[]) => unknown>()
  let next = 0
  const say = (name: string, detail: unknown) => {
    document.dispatchEvent(new CustomEvent(`${secret}:${name}`, { detail }))
  }
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
  const toMain = (message: object) => post?.(JSON.stringify(message))
  const encode = (args: unknown[]) =>
    structuredClone(args).map(one => (one === undefined ? { $undefined: true } : one))

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++next
        invocations.set(id, { resolve, reject })
        toMain({ kind: 'invoke', id, channel, args: encode(args) })
      }),
    send: (channel: string, ...args: unknown[]) => toMain({ kind: 'send', channel, args: encode(args) }),
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener))
      return ipcRenderer
    },
    off: (channel: string, listener: Listener) => {
      listeners.get(channel)?.delete(listener)
      return ipcRenderer
    },
    removeListener: (channel: string, listener: Listener) => ipcRenderer.off(channel, listener),
  }

  const shapeOf = (value: unknown, path: string): unknown => {
    if (typeof value === 'function') {
      functions.set(path, value as (...args: unknown[]) => unknown)
      return { $function: path }
    }
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, shapeOf(one, `${path}.${key}`)]),
    )
  }
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => say('expose', { key, shape: shapeOf(api, key) }),
  }
  const receive = (value: unknown) => {
    if (typeof value !== 'object' || value === null || !('$callback' in value)) return value
    const id = value.$callback
    return (...args: unknown[]) => say('callback', { id, args: structuredClone(args) })
  }
  document.addEventListener(`${secret}:call`, event => {
    const { id, path, args } = (event as CustomEvent<{ id: number; path: string; args: unknown[] }>).detail
    try {
      const result = functions.get(path)?.(...args.map(receive))
      if (result instanceof Promise) {
        say('answer', { kind: 'promise' })
        result.then(
          value => say('settle', { id, value: structuredClone(value) }),
          error => say('settle', { id, message: messageOf(error) }),
        )
      } else if (typeof result === 'function') {
        functions.set(`${path}#${id}`, result as (...all: unknown[]) => unknown)
        say('answer', { kind: 'function', value: `${path}#${id}` })
        // Electron puts an empty object in its place.
      } else say('answer', { kind: 'value', value: result === ipcRenderer ? {} : structuredClone(result) })
    } catch (error) {
      say('answer', { kind: 'error', message: messageOf(error) })
    }
  })

  type FromMain = {
    kind: string
    id: number
    channel: string
    args: unknown[]
    value?: unknown
    message?: string
  }
  const fromMain = (message: FromMain) => {
    if (message.kind === 'send') {
      for (const listener of listeners.get(message.channel) ?? [])
        listener({ sender: ipcRenderer }, ...message.args)
      return
    }
    const waiting = invocations.get(message.id)
    invocations.delete(message.id)
    if (message.message === undefined) waiting?.resolve(message.value)
    else waiting?.reject(new Error(message.message))
  }
  Object.assign(globalThis, { [`${transport}Deliver`]: fromMain })

  const electron = { contextBridge, ipcRenderer }
  const requireElectron = (name: string) => {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name} (a sandboxed preload may load electron only)`)
  }
  const module = { exports: {} }
  ;(preload as (...args: unknown[]) => void)(requireElectron, module, module.exports, info)
}
