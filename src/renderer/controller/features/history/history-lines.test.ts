import { expect, test } from 'vitest'
import type { Message } from '../../../../shared/message.ts'
import { begun, NO_LINES, withEvent, withPage } from './history-lines.ts'

const message = (seq: number, part: Partial<Message> = {}): Message => ({
  id: `e-${seq}`,
  room: 'lobby',
  speaker: '',
  data: { message: String(seq) },
  time: seq,
  meta: null,
  status: 'complete',
  ...part,
})
const ids = ({ messages }: { messages: readonly Message[] }) => messages.map(({ id }) => id)

test('a line that comes while the page is on its way stays, once', () => {
  let lines = begun(NO_LINES)
  lines = withEvent(lines, { name: 'message', data: message(3) }, true)
  lines = withEvent(lines, { name: 'message', data: message(4) }, true)
  lines = withPage(lines, [message(3), message(2), message(1)], true)
  expect(ids(lines)).toEqual(['e-4', 'e-3', 'e-2', 'e-1'])
})

test('a line that is taken back while a page is on its way does not come back with it', () => {
  let lines = withPage(begun(NO_LINES), [message(3)], true)
  lines = withEvent(lines, { name: 'retract', data: { message: 'e-2' } }, true)
  expect(ids(withPage(lines, [message(2), message(1)], false))).toEqual(['e-3', 'e-1'])
  expect(ids(withPage(begun(lines), [message(2), message(1)], true))).toEqual(['e-2', 'e-1'])
})

test('a history that is emptied while a page is on its way is empty but for what came after', () => {
  let lines = withPage(begun(NO_LINES), [message(2)], true)
  lines = withEvent(lines, { name: 'retract', data: { message: null, all: true } }, true)
  lines = withEvent(lines, { name: 'message', data: message(3) }, true)
  expect(ids(withPage(lines, [message(1)], false))).toEqual(['e-3'])
})

test('a line that is still being written grows, and an older page does not make it shorter', () => {
  let lines = withEvent(begun(NO_LINES), { name: 'message', data: message(1, { status: 'streaming' }) }, true)
  lines = withEvent(lines, { name: 'delta', data: { message: 'e-1', seq: 1, text: ' more' } }, true)
  lines = withPage(lines, [message(1, { status: 'streaming' })], true)
  expect(lines.messages[0]!.data.message).toBe('1 more')
  lines = withEvent(
    lines,
    { name: 'delta', data: { message: 'e-1', seq: 2, final: true, data: { message: 'all of it' } } },
    true,
  )
  expect(lines.messages[0]).toMatchObject({ data: { message: 'all of it' }, status: 'complete' })
})

test('a search takes no new line by itself, and none twice', () => {
  const found = withPage(begun(NO_LINES), [message(2)], true)
  expect(ids(withEvent(found, { name: 'message', data: message(3) }, false))).toEqual(['e-2'])
  expect(ids(withPage(found, [message(2), message(1)], false))).toEqual(['e-2', 'e-1'])
})
