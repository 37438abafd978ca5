import { EventEmitter } from 'node:events'
import { request as httpRequest, type ClientRequest as NodeRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { guard } from '../guard.ts'

interface Options {
  url?: string
  protocol?: string
  hostname?: string
  port?: string | number
  path?: string
  method?: string
  headers?: Record<string, string>
  redirect?: string
  [key: string]: unknown
}

/**
 * `net.request` over Node's own client: electron-updater fetches its feed and its files by it, and treats it as Node's (it
 * waits for `socket`), so this one is not guarded.
 */
export class ClientRequest extends EventEmitter {
  readonly #request: NodeRequest

  constructor(options: Options | string) {
    super()
    const given = typeof options === 'string' ? { url: options } : options
    const url = given.url ?? `${given.protocol}//${given.hostname}:${given.port}${given.path ?? '/'}`
    const send = url.startsWith('https:') ? httpsRequest : httpRequest
    this.#request = send(url, { method: given.method ?? 'GET', headers: given.headers })
    this.#request.on('response', response => this.emit('response', response))
    this.#request.on('error', error => this.emit('error', error))
    this.#request.on('close', () => this.emit('close'))
  }

  setHeader(name: string, value: string): void {
    this.#request.setHeader(name, value)
  }
  getHeader = (name: string) => String(this.#request.getHeader(name) ?? '')
  removeHeader(name: string): void {
    this.#request.removeHeader(name)
  }
  write(chunk: string | Buffer, _encoding?: string, _done?: () => void): void {
    this.#request.write(chunk)
  }
  end(): this {
    this.#request.end()
    return this
  }
  abort(): void {
    this.#request.destroy()
    this.emit('abort')
  }
  followRedirect(): void {}
}

export const net = guard('Net', {
  request: (options: Options | string) => new ClientRequest(options),
  fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
  isOnline: () => true,
  online: true,
})
