import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../test/support/memory-storage.ts'
import type { Message } from '../../../shared/message.ts'
import type { Result } from '../api/request.ts'
import { createJsonStorage } from '../lib/storage.ts'
import { createOutbox } from './outbox.ts'
import { createPlayers } from './players.ts'
import { createTranscript } from './transcript.ts'
import { undoLast } from './undo-last.ts'

const message = (seq: number, line: string | null): Message => ({
  id: `e-${seq}`,
  room: 'lobby',
  speaker: '',
  data: { message: line ?? 'from a program' },
  time: seq,
  meta: line === null ? null : { line },
  status: 'complete',
})

function setUp() {
  let answer: (result: Result<unknown>) => void = () => {}
  const outbox = createOutbox({
    storage: createJsonStorage(memoryStorage()),
    room: 'lobby',
    account: () => '',
    publish: () =>
      new Promise(resolve => {
        answer = resolve
      }),
    makeKey: () => 'unused',
    now: () => 1,
    later: () => () => {},
  })
  const transcript = createTranscript()
  const retracted: string[] = []
  const undo = () =>
    undoLast({
      outbox,
      transcript,
      players: createPlayers(() => 0),
      retract: async id => {
        retracted.push(id)
      },
    })
  const say = (key: string) => outbox.add({ speaker: '', data: { message: key } }, key)
  const hear = (seq: number, line: string | null) =>
    transcript.handle({ name: 'message', data: message(seq, line) })
  return { outbox, undo, say, hear, retracted, answer: (result: Result<unknown>) => answer(result) }
}

const offline: Result<unknown> = { ok: false, failure: { reason: 'offline', status: 0, message: '' } }

test('a line that is on its way is the one that is taken back, once it is published', async () => {
  const { undo, say, hear, retracted, answer, outbox } = setUp()
  hear(1, 'before')
  say('slip')
  const undone = undo()
  answer({ ok: true, value: {} })
  hear(2, 'slip')
  await undone
  expect(retracted).toEqual(['e-2'])
  expect(outbox.store.getState().entries).toEqual([])
})

test('a line that did not get through is not sent again', async () => {
  const { undo, say, hear, retracted, answer, outbox } = setUp()
  hear(1, 'before')
  say('slip')
  const undone = undo()
  answer(offline)
  await undone
  expect(retracted).toEqual([])
  expect(outbox.store.getState().entries).toEqual([])
})

test('without a line on its way the last published one is taken back', async () => {
  const { undo, hear, retracted } = setUp()
  hear(1, 'before')
  await undo()
  expect(retracted).toEqual(['e-1'])
})

test('what programs have said since is not the last line of who writes here', async () => {
  const { undo, hear, retracted } = setUp()
  hear(1, null)
  await undo()
  expect(retracted).toEqual(['e-1'])
  hear(2, 'written')
  hear(3, null)
  await undo()
  expect(retracted).toEqual(['e-1', 'e-2'])
})

test('a line that was refused long ago is not the last one: the one that was published since is', async () => {
  const { undo, say, hear, retracted, answer, outbox } = setUp()
  say('refused')
  answer({ ok: false, failure: { reason: 'forbidden', status: 403, message: '' } })
  await expect.poll(() => outbox.store.getState().entries[0]?.state).toBe('refused')
  hear(5, 'published since')
  await undo()
  expect(retracted).toEqual(['e-5'])
  expect(outbox.store.getState().entries).toHaveLength(1)
})

test('a line that has just been refused is the last one', async () => {
  const { undo, say, hear, retracted, answer, outbox } = setUp()
  hear(0, 'published before')
  say('refused')
  answer({ ok: false, failure: { reason: 'forbidden', status: 403, message: '' } })
  await expect.poll(() => outbox.store.getState().entries[0]?.state).toBe('refused')
  await undo()
  expect(retracted).toEqual([])
  expect(outbox.store.getState().entries).toEqual([])
})
