import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'

/** @returns a port that is free now, on 127.0.0.1; for programs that can't pick one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

/** Tries until `attempt` no longer throws. @throws its last error after `timeout` milliseconds. */
export async function eventually<T>(attempt: () => Promise<T> | T, timeout = 20_000): Promise<T> {
  const end = Date.now() + timeout
  for (;;) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  }
}
