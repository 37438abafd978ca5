import { expect, test } from 'vitest'
import type { Message } from '../../../../shared/message.ts'
import { formatMessages } from './export.ts'

const message = (id: string, speaker: string, text: unknown): Message => ({
  id,
  room: 'lobby',
  speaker,
  data: { message: text as string },
  time: Date.UTC(2026, 0, 5),
  meta: null,
  status: 'complete',
})
const messages = [message('e-1', 'A, B', 'say "hi"\nnow'), message('e-2', '', '=1+1')]

test('CSV quotes what needs it and defuses formulas', () => {
  expect(formatMessages(messages, 'csv')).toBe(
    '\uFEFFid,time,speaker,text\r\ne-1,2026-01-05T00:00:00.000Z,"A, B","say ""hi""\nnow"\r\ne-2,2026-01-05T00:00:00.000Z,,\'=1+1\r\n',
  )
})

test('text is a screenplay that can be pasted again', () => {
  expect(formatMessages(messages, 'text')).toBe('A, B: say "hi"\nnow\n=1+1\n')
})

test('JSON keeps everything', () => {
  expect(JSON.parse(formatMessages(messages, 'json'))).toEqual(messages)
})
