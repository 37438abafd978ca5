import { expect, test } from 'vitest'
import { memoryStorage } from '../../../../test/support/memory-storage.ts'
import type { Failure, Result } from '../api/request.ts'
import { createJsonStorage } from '../lib/storage.ts'
import { createOutbox, OUTBOX_LIMIT } from './outbox.ts'

const offline: Failure = { reason: 'offline', status: 0, message: '' }
const fails = (failure: Failure): Result<unknown> => ({ ok: false, failure })

function setUp(
  storage = memoryStorage(),
  answers: (text: string) => Result<unknown> = () => ({ ok: true, value: {} }),
) {
  const sent: { key: string; text: string }[] = []
  const clock = { time: 1_000 }
  const desk = { account: 'alice' }
  const timers: { run: () => void; delay: number }[] = []
  let count = 0
  const outbox = createOutbox({
    storage: createJsonStorage(storage),
    room: 'lobby',
    account: () => desk.account,
    publish: async (key, { data }) => {
      const text = String(data.message)
      sent.push({ key, text })
      return answers(text)
    },
    makeKey: () => `key${count++}-${Math.random()}`,
    now: () => clock.time,
    later: (run, delay) => {
      const timer = { run, delay }
      timers.push(timer)
      return () => timers.splice(timers.indexOf(timer), 1)
    },
  })
  const say = (text: string) => outbox.add({ speaker: 'A', data: { message: text } })
  const settle = () => new Promise(resolve => setTimeout(resolve))
  const texts = () => sent.map(item => item.text)
  return { outbox, clock, desk, sent, texts, timers, say, settle, storage }
}

test('lines are sent in their order, one at a time, and forgotten once published', async () => {
  const { outbox, say, texts, settle, storage } = setUp()
  say('one')
  say('two')
  say('three')
  expect(texts()).toEqual(['one'])
  await settle()
  expect(texts()).toEqual(['one', 'two', 'three'])
  expect(outbox.store.getState().entries).toEqual([])
  expect(storage.length).toBe(0)
})

test('a line that met no answer is tried again under the same key, and those behind it wait', async () => {
  let online = false
  const { outbox, say, sent, timers, settle } = setUp(undefined, () =>
    online ? { ok: true, value: {} } : fails(offline),
  )
  say('one')
  await settle()
  say('two')
  await settle()
  expect(sent.map(item => item.text)).toEqual(['one'])
  expect(outbox.store.getState().entries.map(entry => entry.state)).toEqual(['waiting', 'waiting'])
  expect(timers).toHaveLength(1)
  online = true
  outbox.flush()
  await settle()
  expect(sent.map(item => item.text)).toEqual(['one', 'one', 'two'])
  expect(sent[0]!.key).toBe(sent[1]!.key)
  expect(timers).toHaveLength(0)
})

test('waits grow to a limit, and Retry-After is honoured', async () => {
  const { say, timers, settle } = setUp(undefined, () => fails(offline))
  say('one')
  await settle()
  const delays: number[] = []
  for (let round = 0; round < 8; round++) {
    const timer = timers.pop()!
    delays.push(timer.delay)
    timer.run()
    await settle()
  }
  expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000])

  const limited = setUp(undefined, () =>
    fails({ ...offline, status: 429, reason: 'too-many-requests', retryAfter: 3_000 }),
  )
  limited.say('one')
  await limited.settle()
  expect(limited.timers[0]!.delay).toBe(3_000)
})

test('a refused line is kept with its reason and does not hold up the next', async () => {
  const tooLarge: Failure = { reason: 'too-large', status: 413, message: 'too long' }
  const { outbox, say, texts, settle } = setUp(undefined, text =>
    text === 'bad' ? fails(tooLarge) : { ok: true, value: {} },
  )
  say('bad')
  say('good')
  await settle()
  expect(texts()).toEqual(['bad', 'good'])
  const [refused] = outbox.store.getState().entries
  expect(refused).toMatchObject({ state: 'refused', failure: tooLarge, data: { message: 'bad' } })
  outbox.remove(refused!.key)
  expect(outbox.store.getState().entries).toEqual([])
})

test('a new page finds the lines of the old one, in order and under their keys', async () => {
  const storage = memoryStorage()
  const before = setUp(storage, () => fails(offline))
  before.say('one')
  before.say('two')
  await before.settle()
  const keys = before.outbox.store.getState().entries.map(entry => entry.key)
  before.outbox.stop()

  const after = setUp(storage)
  after.outbox.flush()
  await after.settle()
  expect(after.texts()).toEqual(['one', 'two'])
  expect(after.sent.map(item => item.key)).toEqual(keys)
})

test('a line seen on the stream is done, though its answer was lost', async () => {
  const { outbox, say, sent, settle } = setUp(undefined, () => fails(offline))
  say('one')
  await settle()
  outbox.confirm(sent[0]!.key)
  outbox.flush()
  await settle()
  expect(sent).toHaveLength(1)
  expect(outbox.store.getState().entries).toEqual([])
})

test('broken items in storage are left out', () => {
  const storage = memoryStorage()
  storage.setItem('streaming-message.outbox.lobby.x', '{"key":')
  storage.setItem('streaming-message.outbox.lobby.y', '{"key":"y"}')
  expect(setUp(storage).outbox.store.getState().entries).toEqual([])
})

test('the outbox is bounded, and full storage is told', async () => {
  const { say, settle } = setUp(undefined, () => fails(offline))
  for (let count = 0; count < OUTBOX_LIMIT; count++) say(`line ${count}`)
  expect(say('too many')).toEqual({ full: true })
  await settle()

  const full = memoryStorage()
  full.setItem = () => {
    throw new Error('QuotaExceededError')
  }
  const { outbox, say: sayFull } = setUp(full, () => fails(offline))
  sayFull('one')
  expect(outbox.store.getState()).toMatchObject({ kept: false, entries: [{ data: { message: 'one' } }] })
})

test('what another page has left behind is taken over, and a given key is kept', async () => {
  const storage = memoryStorage()
  const first = setUp(storage, () => fails(offline))
  const second = setUp(storage, () => fails(offline))
  first.say('left behind')
  await first.settle()
  const { key } = first.outbox.store.getState().entries[0]!
  first.outbox.stop()
  second.outbox.flush()
  await second.settle()
  expect(second.sent).toEqual([{ key, text: 'left behind' }])

  const third = setUp()
  third.outbox.add({ speaker: '', data: { message: 'held' } }, 'its-key')
  expect(third.sent).toEqual([{ key: 'its-key', text: 'held' }])
})

test('a line that could not be sent for half a day does not go out by itself, and is not lost', async () => {
  const { outbox, clock, say, timers, settle, storage } = setUp(undefined, () => fails(offline))
  say('yesterday')
  await settle()
  clock.time += 13 * 60 * 60 * 1_000
  timers.pop()!.run()
  await settle()
  const [entry] = outbox.store.getState().entries
  expect(entry).toMatchObject({ state: 'refused', failure: { reason: 'stale' } })
  // Nor after a reload, where a new one goes past it.
  const later = setUp(storage)
  later.clock.time = clock.time
  later.outbox.flush()
  later.say('today')
  await later.settle()
  expect(later.texts()).toEqual(['today'])
  expect(later.outbox.store.getState().entries).toMatchObject([
    { state: 'refused', data: { message: 'yesterday' } },
  ])
})

test('a line that is published while its room is left is not found again, and so not sent again', async () => {
  const { outbox, say, settle, storage } = setUp()
  say('one')
  outbox.stop()
  await settle()
  expect(storage.length).toBe(0)
})

test('a line does not go out under the account of somebody else, and is not lost', async () => {
  let online = false
  const { outbox, desk, say, texts, settle, storage } = setUp(undefined, () =>
    online ? { ok: true, value: {} } : fails(offline),
  )
  say('by Alice')
  await settle()
  online = true
  desk.account = 'bob'
  say('by Bob')
  outbox.flush()
  await settle()
  expect(texts()).toEqual(['by Alice', 'by Bob'])
  expect(outbox.store.getState().entries).toMatchObject([
    { state: 'refused', failure: { reason: 'other-account' }, data: { message: 'by Alice' } },
  ])
  // Nor from a page that is opened anew, until she is back.
  const later = setUp(storage)
  later.desk.account = 'bob'
  later.outbox.flush()
  await later.settle()
  expect(later.texts()).toEqual([])
  later.desk.account = 'alice'
  later.outbox.flush()
  await later.settle()
  expect(later.texts()).toEqual(['by Alice'])
  expect(storage.length).toBe(0)
})
