import { expect, test } from 'vitest'
import { editableText, readableText } from './message-text.ts'

test('lists show a line without its markup, the composer with it', () => {
  const data = { message: '[b]你好[/b]，[color=#e5484d]世界[/]' }
  expect(readableText(data)).toBe('你好，世界')
  expect(editableText(data)).toBe(data.message)
})

test('fragments of a program become text, and markup that says the same', () => {
  const data = { message: [{ text: 'hello', style: { bold: true } }, { pause: 500 }, { text: '!' }] }
  expect(readableText(data)).toBe('hello!')
  expect(editableText(data)).toBe('[b]hello[wait=500][/b]!')
})

test('a message without a text is empty, whatever else it carries', () => {
  expect(readableText({ other: 1 })).toBe('')
  expect(readableText({ message: [null, { nothing: true }] })).toBe('')
})

test('a line that begins with a slash comes back to be said again, not as an order', () => {
  expect(editableText({ message: '/clear' })).toBe('//clear')
  expect(editableText({ message: [{ text: '/clear' }] })).toBe('//clear')
})
