import { afterEach, expect, test, vi } from 'vitest'
import { openRoomStream } from './room-stream.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a server that refuses every fresh token is not asked again and again without a pause', async () => {
  let asked = 0
  vi.stubGlobal('fetch', async () => {
    asked++
    return new Response('{}', { status: 401 })
  })
  const waits: number[] = []
  const stream = openRoomStream({
    room: 'lobby',
    token: () => 'token',
    renew: async () => true,
    onEvent() {},
    onOpen() {},
    onLost: delay => void waits.push(delay),
    onEnd() {},
  })
  await vi.waitFor(() => expect(waits.length).toBeGreaterThan(1), { timeout: 20_000 })
  stream.close()
  expect(waits.slice(0, 2)).toEqual([0, 5_000])
  expect(asked).toBe(2)
})
