import { expect, test } from 'vitest'
import type { RunningServer } from './index.ts'
import { restartable } from './restartable.ts'

/** Servers that only tell that they were started and closed. */
function setUp(failures: number) {
  const events: string[] = []
  let restart = () => {}
  let count = 0
  const start = async (options: { port?: number; restart: () => void }) => {
    restart = options.restart
    if (count > 0 && failures-- > 0) throw new Error('the port is taken')
    const name = `server ${++count}`
    events.push(`${name} at ${options.port ?? 'any port'}`)
    return { port: 8_000, close: async () => void events.push(`${name} closed`) } as RunningServer
  }
  return { events, restart: () => restart(), start, failed: () => void events.push('failed') }
}

test('a server that cannot begin anew at once is tried again at its port', async () => {
  const { events, restart, start, failed } = setUp(1)
  const server = await restartable(start, failed)
  restart()
  const all = ['server 1 at any port', 'server 1 closed', 'failed', 'server 2 at 8000']
  await expect.poll(() => events, { timeout: 5_000 }).toEqual(all)
  await server.close()
  expect(events.at(-1)).toBe('server 2 closed')
})

test('closing ends the tries', async () => {
  const { events, restart, start, failed } = setUp(Number.POSITIVE_INFINITY)
  const server = await restartable(start, failed)
  restart()
  await expect.poll(() => events).toContain('failed')
  await server.close()
  expect(events.filter(event => event.includes('at'))).toEqual(['server 1 at any port'])
})
