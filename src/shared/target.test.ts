import { expect, test } from 'vitest'
import { formatTarget, isFor, parseTarget } from './target.ts'

test.each([
  [undefined, 'left', true],
  ['', '', true],
  ['left', 'left', true],
  ['left', 'right', false],
  ['left', '', false],
  ['left, right', 'right', true],
  ['-phone', 'phone', false],
  ['-phone', 'left', true],
  ['-phone', '', true],
  ['left,right,-right', 'right', false],
  ['a,b', 'a,b', true],
  ['-x', '-x', true],
  [' , -', 'left', true],
])('a line for %j on a player %j: %s', (target, label, shown) => {
  expect(isFor(target, label)).toBe(shown)
})

test('a target is read as it is written', () => {
  const target = { only: ['left', '右'], except: ['phone'] }
  expect(parseTarget(formatTarget(target))).toEqual(target)
  expect(formatTarget({ only: [], except: [] })).toBe('')
})
