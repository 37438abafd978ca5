import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../test/support/memory-storage.ts'
import { createJsonStorage } from '../lib/storage.ts'
import { createHeld } from './held.ts'

function setUp() {
  const storage = memoryStorage()
  let count = 0
  const open = () => createHeld(createJsonStorage(storage), 'lobby', () => `k${count++}`)
  const held = open()
  held.add(['a', 'b', 'c'].map(text => ({ speaker: '', text })))
  const texts = (of = held) => of.store.getState().lines.map(line => line.text)
  return { held, open, texts, storage }
}

test('lines are moved, taken from the front and put back', () => {
  const { held, texts } = setUp()
  held.move('k2', 0)
  expect(texts()).toEqual(['c', 'a', 'b'])
  held.move('k2', 99)
  expect(texts()).toEqual(['a', 'b', 'c'])
  const line = held.take()!
  expect(line.text).toBe('a')
  expect(held.take('k2')?.text).toBe('c')
  held.putBack(line)
  expect(texts()).toEqual(['a', 'b'])
  expect(held.take('gone')).toBeUndefined()
})

test('playing ends with the last line', () => {
  const { held } = setUp()
  held.setPlaying(true)
  held.take()
  held.take()
  expect(held.store.getState().playing).toBe(true)
  held.take()
  expect(held.store.getState().playing).toBe(false)
  held.setPlaying(true)
  expect(held.store.getState().playing).toBe(false)
})

test('the queue outlives the page; broken storage is an empty queue', () => {
  const { open, texts, storage } = setUp()
  expect(texts(open())).toEqual(['a', 'b', 'c'])
  storage.setItem('streaming-message.held.lobby', '[{"text":1}]')
  expect(texts(open())).toEqual([])
})

test('what one page takes is gone on the other', () => {
  const { held, open, texts } = setUp()
  const other = open()
  held.take()
  other.refresh()
  expect(texts(other)).toEqual(['b', 'c'])
})

test('a line that another page has just added is not lost, though its news has not come yet', () => {
  const { held, open, texts } = setUp()
  const other = open()
  other.add([{ speaker: '', text: 'd' }])
  held.remove('k0')
  expect(texts()).toEqual(['b', 'c', 'd'])
  other.refresh()
  expect(texts(other)).toEqual(['b', 'c', 'd'])
})

test('lines that the browser could not keep are not lost to what it kept before', () => {
  const { held, texts, storage } = setUp()
  storage.setItem = () => {
    throw new Error('full')
  }
  held.add([{ speaker: '', text: 'd' }])
  held.refresh()
  expect(texts()).toEqual(['a', 'b', 'c', 'd'])
})

test('what another page has stored elsewhere does not draw the queue anew', () => {
  const { held } = setUp()
  const { lines } = held.store.getState()
  held.refresh('streaming-message.draft.lobby')
  expect(held.store.getState().lines).toBe(lines)
})
