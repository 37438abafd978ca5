import { expect, test } from 'vitest'
import { LIMITS } from './limits.ts'
import { messageData } from './message.ts'

/** Of as many bytes as one message may have, and one more. */
const tooLong = `${'あ'.repeat(Math.floor(LIMITS.messageBytes / 3))}abc`

test.each<[string, Record<string, unknown>]>([
  ['a string', { message: tooLong }],
  ['lines', { message: ['short', tooLong] }],
  ['a fragment', { message: { text: tooLong } }],
  ['lines of fragments', { message: [[{ text: tooLong }]] }],
  ['a line with fragments', { message: [{ fragments: ['short', { text: tooLong }], speaker: 'A' }] }],
  ['a reading', { message: [{ text: 'a', ruby: tooLong }] }],
  ['typed keys', { message: [{ text: 'a', typed: tooLong }] }],
  ['Echo-Live’s messages', { messages: [{ message: tooLong }] }],
  ['Echo-Live’s messages of parts', { messages: [{ message: ['short', { text: tooLong }] }] }],
  ['Echo-Live’s simulated typing', { messages: [{ message: [{ text: 'a', typewrite: tooLong }] }] }],
])('counts the bytes of %s', (_shape, data) => {
  expect(messageData.safeParse(data).error?.issues[0]).toMatchObject({
    path: ['message'],
    params: { error: 'too-large' },
  })
})

test('counts nothing but what is shown', () => {
  const data = { message: [{ text: 'a' }, { pause: 500 }], note: 'x'.repeat(LIMITS.messageBytes + 1) }
  expect(messageData.safeParse(data).success).toBe(true)
})
