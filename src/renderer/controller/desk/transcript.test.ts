import { expect, test } from 'vitest'
import type { HelloEvent } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import { createTranscript } from './transcript.ts'

const message = (seq: number, text = String(seq)): Message => ({
  id: `e-${seq}`,
  room: 'lobby',
  speaker: '',
  data: { message: text },
  time: seq,
  meta: null,
  status: 'complete',
})

test('the stream and the pages of the history meet without a gap and without a repeat', () => {
  const { store, handle, merge } = createTranscript()
  handle({ name: 'message', data: message(4) })
  merge([message(4), message(3), message(2)])
  handle({ name: 'message', data: message(5) })
  handle({ name: 'message', data: message(5) })
  expect(store.getState().messages.map(({ id }) => id)).toEqual(['e-2', 'e-3', 'e-4', 'e-5'])
  expect(store.getState().loaded).toBe(true)
})

test('a message that is written in pieces grows, and the last piece says what it is', () => {
  const { store, handle } = createTranscript()
  handle({ name: 'message', data: { ...message(1, 'He'), status: 'streaming' } })
  handle({ name: 'delta', data: { message: 'e-1', seq: 1, text: 'llo' } })
  expect(store.getState().messages[0]!.data.message).toBe('Hello')
  handle({ name: 'delta', data: { message: 'e-1', seq: 2, final: true, data: { message: 'Hello!' } } })
  expect(store.getState().messages[0]).toMatchObject({ status: 'complete', data: { message: 'Hello!' } })
})

test('a page that was read before a line was finished does not set it back', () => {
  const { store, handle, merge } = createTranscript()
  handle({ name: 'message', data: { ...message(1, 'He'), status: 'streaming' } })
  handle({ name: 'delta', data: { message: 'e-1', seq: 1, final: true, data: { message: 'Hello!' } } })
  merge([{ ...message(1, 'He'), status: 'streaming' }])
  expect(store.getState().messages[0]).toMatchObject({ status: 'complete', data: { message: 'Hello!' } })
})

test('what is taken back is gone, one or all', () => {
  const { store, handle, merge } = createTranscript()
  merge([message(1), message(2), message(3)])
  handle({ name: 'retract', data: { message: 'e-2' } })
  expect(store.getState().messages.map(({ id }) => id)).toEqual(['e-1', 'e-3'])
  handle({ name: 'retract', data: { message: null, all: true } })
  expect(store.getState().messages).toEqual([])
})

test('a lost history is forgotten here too', () => {
  const { store, handle, merge } = createTranscript()
  merge([message(1)])
  handle({ name: 'meta', data: { type: 'hello', reset: true, last: '' } as HelloEvent })
  expect(store.getState().messages).toEqual([])
})

test('the list is bounded: the oldest go first', () => {
  const { store, handle } = createTranscript()
  for (let seq = 1; seq <= 400; seq++) handle({ name: 'message', data: message(seq) })
  const { messages } = store.getState()
  expect(messages).toHaveLength(300)
  expect(messages[0]!.id).toBe('e-101')
})

test('a page that was read before a line was taken back does not bring it again', () => {
  const { store, handle, merge } = createTranscript()
  for (const seq of [1, 2, 3]) handle({ name: 'message', data: message(seq) })
  handle({ name: 'retract', data: { message: 'e-2' } })
  merge([message(3), message(2), message(1)])
  expect(store.getState().messages.map(({ id }) => id)).toEqual(['e-1', 'e-3'])
  handle({ name: 'retract', data: { message: null, all: true } })
  merge([message(3), message(1), { ...message(1), id: 'f-1' }])
  handle({ name: 'message', data: message(5) })
  expect(store.getState().messages.map(({ id }) => id)).toEqual(['f-1', 'e-5'])
})

test('a first page that was read before all was taken back does not bring it again', () => {
  const { store, handle, merge } = createTranscript()
  handle({ name: 'meta', data: { type: 'hello', reset: false, last: 'e-3' } as HelloEvent })
  handle({ name: 'retract', data: { message: null, all: true } })
  merge([message(3), message(2), message(1)])
  handle({ name: 'message', data: message(4) })
  expect(store.getState().messages.map(({ id }) => id)).toEqual(['e-4'])
})

test('a page that was read in the middle of a message does not take back what was written of it since', () => {
  const { store, handle, merge } = createTranscript()
  handle({ name: 'message', data: { ...message(1, 'Once'), status: 'streaming' } })
  handle({ name: 'delta', data: { message: 'e-1', seq: 1, text: ' upon' } })
  merge([{ ...message(1, 'Once'), status: 'streaming' }])
  handle({ name: 'delta', data: { message: 'e-1', seq: 2, text: ' a time' } })
  expect(store.getState().messages[0]!.data.message).toBe('Once upon a time')
})
