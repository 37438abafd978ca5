import { EventEmitter } from 'node:events'
import { guard } from '../guard.ts'

/** Keeps the handlers that main sets; headless Chromium itself denies every permission, as ours do. */
class Session extends EventEmitter {
  readonly handlers: Record<string, unknown> = {}
  readonly webRequest = guard('WebRequest', {
    onHeadersReceived: (...args: unknown[]) => this.#keep('headersReceived', args.at(-1)),
    onBeforeRequest: (...args: unknown[]) => this.#keep('beforeRequest', args.at(-1)),
    onBeforeSendHeaders: (...args: unknown[]) => this.#keep('beforeSendHeaders', args.at(-1)),
  })

  #keep(name: string, handler: unknown): void {
    this.handlers[name] = handler
  }

  setPermissionRequestHandler(handler: unknown): void {
    this.#keep('permissionRequest', handler)
  }

  setPermissionCheckHandler(handler: unknown): void {
    this.#keep('permissionCheck', handler)
  }

  setDevicePermissionHandler(handler: unknown): void {
    this.#keep('devicePermission', handler)
  }

  setDisplayMediaRequestHandler(handler: unknown): void {
    this.#keep('displayMedia', handler)
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.#keep('spellChecker', enabled)
  }

  async clearCache(): Promise<void> {}
  async clearStorageData(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}
}

const partitions = new Map<string, Session>()

export function sessionOf(partition: string): Session {
  const known = partitions.get(partition) ?? new Session()
  partitions.set(partition, known)
  return guard('Session', known)
}

export const session = {
  get defaultSession() {
    return sessionOf('')
  },
  fromPartition: (partition: string, _options?: object) => sessionOf(partition),
}
