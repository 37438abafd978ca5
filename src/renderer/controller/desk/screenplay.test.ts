import { expect, test } from 'vitest'
import { parseScreenplay } from './screenplay.ts'

test('names before a colon of either width speak their line', () => {
  expect(parseScreenplay('Alice: Hello there.\n鲍勃：你好！\n【旁白】天黑了。\n花子「こんばんは」')).toEqual([
    { speaker: 'Alice', text: 'Hello there.' },
    { speaker: '鲍勃', text: '你好！' },
    { speaker: '旁白', text: '天黑了。' },
    { speaker: '花子', text: '「こんばんは」' },
  ])
})

test('a line without a name belongs to whoever spoke last', () => {
  expect(parseScreenplay('one\nA: two\nthree', 'X')).toEqual([
    { speaker: 'X', text: 'one' },
    { speaker: 'A', text: 'two' },
    { speaker: 'A', text: 'three' },
  ])
})

test('headings, comments and blank lines are not said', () => {
  expect(parseScreenplay('# Scene 1\r\n\r\n// note\r\nA: hi\r\n   \r\n')).toEqual([
    { speaker: 'A', text: 'hi' },
  ])
})

test('an indented line goes on with the one above', () => {
  expect(parseScreenplay('A: first\n  second')).toEqual([{ speaker: 'A', text: 'first\nsecond' }])
})

test('times, addresses and long sentences with a colon are text', () => {
  const lines = ['12:30 see you', 'https://example.com/a', 'There is only one thing left to say now: goodbye']
  expect(parseScreenplay(lines.join('\n')).map(line => line.text)).toEqual(lines)
})
