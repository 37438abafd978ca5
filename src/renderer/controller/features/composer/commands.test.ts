import { expect, test } from 'vitest'
import { parseCommand } from './commands.ts'

test('a plain text is said as it is', () => {
  expect(parseCommand('1/2 of it')).toEqual({ type: 'say', text: '1/2 of it' })
})

test('two slashes begin a line with one', () => {
  expect(parseCommand('//shrug')).toEqual({ type: 'say', text: '/shrug' })
})

test.each([
  ['/next', { type: 'control', action: 'next' }],
  ['/Clear ', { type: 'control', action: 'clear' }],
  ['/undo', { type: 'undo' }],
  ['/as  爱丽丝 ', { type: 'speaker', name: '爱丽丝' }],
  ['/as', { type: 'speaker', name: '' }],
  ['/hold 等一下\n再说', { type: 'hold', text: '等一下\n再说' }],
  ['/p greet', { type: 'phrase', query: 'greet' }],
  ['/help', { type: 'help' }],
  ['/nonsense x', { type: 'unknown', name: 'nonsense' }],
  ['/', { type: 'unknown', name: '' }],
])('%s', (text, command) => {
  expect(parseCommand(text)).toEqual(command)
})
