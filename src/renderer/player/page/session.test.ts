import { afterEach, expect, test, vi } from 'vitest'
import type { Saved } from '../queue/inbox.ts'
import { createSession } from './session.ts'

afterEach(() => vi.unstubAllGlobals())

test('what no longer fits leaves nothing old behind, from which lines would be typed again', () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
    setItem(key: string, value: string) {
      if (value.length > 500) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  })
  const session = createSession('player:/')
  const saved: Saved = { position: 'e-1', current: null, visible: true, paused: false, emotes: [] }
  session.save(saved)
  expect(session.load()).toEqual(saved)
  session.save({ ...saved, position: 'e-2', emotes: [{ name: 'x', url: `/${'y'.repeat(600)}` }] })
  expect(session.load()).toBe(null)
})
