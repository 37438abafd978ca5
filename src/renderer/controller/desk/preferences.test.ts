import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../test/support/memory-storage.ts'
import { createJsonStorage } from '../lib/storage.ts'
import { createPreferences } from './preferences.ts'

test('two pages of one browser do not take back what the other has set', () => {
  const storage = createJsonStorage(memoryStorage())
  const window = createPreferences(storage)
  const dock = createPreferences(storage)
  window.set({ variables: { game: 'chess' } })
  dock.set({ skinTone: 3 })
  expect(dock.store.getState()).toMatchObject({ variables: { game: 'chess' }, skinTone: 3 })
  expect(createPreferences(storage).store.getState()).toMatchObject({
    variables: { game: 'chess' },
    skinTone: 3,
  })
})

test('what the browser cannot keep holds for this page', () => {
  const storage = memoryStorage()
  const preferences = createPreferences(createJsonStorage(storage))
  preferences.set({ language: 'ja' })
  storage.setItem = () => {
    throw new Error('full')
  }
  preferences.set({ lineSpeed: 2 })
  preferences.set({ quotes: true })
  expect(preferences.store.getState()).toMatchObject({ language: 'ja', lineSpeed: 2, quotes: true })
})
