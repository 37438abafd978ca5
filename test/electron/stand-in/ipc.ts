import { EventEmitter } from 'node:events'
import { guard } from '../guard.ts'

type Handler = (event: object, ...args: unknown[]) => unknown

/** `ipcMain`: handlers by channel, and listeners as an emitter. */
class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, listener: Handler): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, listener)
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Not of Electron: called by the page's side of the stand-in. */
  async receive(kind: 'invoke' | 'send', channel: string, event: object, args: unknown[]): Promise<unknown> {
    if (kind === 'send') {
      this.emit(channel, event, ...args)
      return undefined
    }
    const handler = this.#handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    return structuredClone(await handler(event, ...args))
  }
}

export const ipcCore = new IpcMain()
export const ipcMain = guard('IpcMain', ipcCore)
