import { expect } from 'vitest'
import { openTestStream, type TestStream } from './events.ts'
import type { TestServer } from './server.ts'

/** What every management call of the broker answers with. */
export interface Envelope {
  code: number
  msg: string
  micro: number
  result: unknown
}

/** @returns the envelope of a management call with the server's token. */
export async function callBroker(server: TestServer, path: string, body?: unknown): Promise<Envelope> {
  const response = await fetch(server.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json() as Promise<Envelope>
}

/** @returns a token for the user's devices, or for the one named only. */
export const deviceToken = async (server: TestServer, uid: string, device = '') =>
  (await callBroker(server, '/token', { uid, device, ttl: 60 })).result as string

/** Opens a device's stream; resolves once the server has greeted it. */
export async function connectDevice(
  server: TestServer,
  uid: string,
  device: string,
  query = '',
): Promise<TestStream> {
  const jwt = await deviceToken(server, uid)
  const stream = await openTestStream(
    `${server.url}/events?token=${jwt}&device=${encodeURIComponent(device)}${query}`,
  )
  expect(stream.response.status).toBe(200)
  await stream.waitFor(named('sys_connected'))
  return stream
}

export const named = (name: string) => (event: { event?: string | undefined }) => event.event === name

let names = 0
/** A name that no other test of the file uses. */
export const unique = (base: string) => `${base}-${++names}`
