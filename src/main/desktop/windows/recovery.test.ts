import { EventEmitter } from 'node:events'
import type { BrowserWindow } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { loadPatiently, reviveWhenGone } from './recovery.ts'

/** A window that notes what it was asked to load; `answers` are how the loads end, in order, then all succeed. */
function fakeWindow(answers: (NodeJS.ErrnoException | null)[] = []) {
  const loaded: string[] = []
  const window = {
    isDestroyed: () => false,
    async loadURL(url: string) {
      loaded.push(url)
      const failure = answers.shift()
      if (failure) throw failure
    },
  } as unknown as BrowserWindow
  return { window, loaded }
}

it('a page that dies in each of its loads is given up, also by the load that it dies in', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'Date'] })
  try {
    const contents = new EventEmitter()
    let loads = 0
    const window = {
      webContents: contents,
      isDestroyed: () => false,
      async loadURL() {
        loads += 1
        contents.emit('render-process-gone', {}, { reason: 'crashed' })
        throw Object.assign(new Error(), { code: 'ERR_FAILED' })
      },
    } as unknown as BrowserWindow
    const load = () => loadPatiently(window, () => 'http://a/', 500)
    reviveWhenGone(window, { revive: load, onGone: () => undefined })
    load()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(loads).toBe(4)
  } finally {
    vi.useRealTimers()
  }
})

describe('a window that loads while the server restarts', () => {
  it('asks for the address again when it could not be told', async () => {
    const { window, loaded } = fakeWindow()
    const address = vi.fn<() => Promise<string>>()
    address.mockRejectedValueOnce(new Error('the server restarts')).mockResolvedValue('http://a/')
    loadPatiently(window, address, 0)
    await vi.waitFor(() => expect(loaded).toEqual(['http://a/']))
    expect(address).toHaveBeenCalledTimes(2)
  })

  it('tries again at the address of then when nobody answers', async () => {
    const { window, loaded } = fakeWindow([Object.assign(new Error(), { code: 'ERR_CONNECTION_REFUSED' })])
    const addresses = ['http://old/', 'http://new/']
    loadPatiently(window, () => addresses.shift() ?? '', 0)
    await vi.waitFor(() => expect(loaded).toEqual(['http://old/', 'http://new/']))
  })

  it('gives up a retry that still waits when another load takes its place', async () => {
    vi.useFakeTimers()
    try {
      const { window, loaded } = fakeWindow([Object.assign(new Error(), { code: 'ERR_CONNECTION_REFUSED' })])
      loadPatiently(window, () => 'http://first/', 500)
      await vi.advanceTimersByTimeAsync(0)
      loadPatiently(window, () => 'http://second/', 500)
      await vi.advanceTimersByTimeAsync(5_000)
      expect(loaded).toEqual(['http://first/', 'http://second/'])
    } finally {
      vi.useRealTimers()
    }
  })
})
