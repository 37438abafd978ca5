import { expect, test } from 'vitest'
import { createRecall } from './recall.ts'

test('up walks back to the oldest line, down returns to the draft', () => {
  const recall = createRecall(() => ['one', 'two'])
  expect(recall.newer()).toBeNull()
  expect(recall.older('draft')).toBe('two')
  expect(recall.older('two')).toBe('one')
  expect(recall.older('one')).toBeNull()
  expect(recall.newer()).toBe('two')
  expect(recall.newer()).toBe('draft')
  expect(recall.newer()).toBeNull()
})

test('typing begins a new walk', () => {
  const recall = createRecall(() => ['one', 'two'])
  recall.older('')
  recall.reset()
  expect(recall.older('two, changed')).toBe('two')
  expect(recall.newer()).toBe('two, changed')
})

test('a line that comes in during the walk does not show one twice', () => {
  const lines = ['one', 'two']
  const recall = createRecall(() => [...lines])
  expect(recall.older('')).toBe('two')
  lines.push('from elsewhere')
  expect(recall.older('two')).toBe('one')
})
