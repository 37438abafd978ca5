import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Batch } from './batch.ts'
import { Frame } from './frame.ts'
import { createHub, type Hub } from './hub.ts'
import type { Sink } from './stream.ts'
import { Subscriber, type SubscriberInfo } from './subscriber.ts'

const ROOM = 'lobby'

function infoOf(id: string): SubscriberInfo {
  return {
    id,
    room: ROOM,
    device: '',
    label: '',
    place: 'browser',
    role: 'player',
    address: '',
    userAgent: '',
    since: 0,
    credential: null,
    expiresAt: null,
    userId: null,
    watchKey: null,
  }
}

/** A stream that keeps what it is written, and in how many writes. */
function openStream(hub: Hub, id: string) {
  const written: string[] = []
  const stream = { writes: 0, ended: false, written }
  const sink: Sink = {
    write(frame) {
      if (stream.ended) return
      stream.writes++
      written.push(...frame.events.map(event => event.id ?? event.data))
    },
    backlogBytes: 0,
    drained: () => Promise.resolve(),
    end() {
      stream.ended = true
    },
  }
  const subscriber = new Subscriber(infoOf(id), sink)
  hub.add(subscriber)
  return Object.assign(stream, { subscriber })
}

const idOf = (seq: number) => `e-${seq}`
const turn = () => new Promise(resolve => setImmediate(resolve))

function batch(from: number, to: number, size = 1): Batch {
  const data = 'x'.repeat(size)
  const events = Array.from({ length: to - from + 1 }, (_, i) => ({ id: idOf(from + i), data }))
  return { frame: Frame.of(...events), from, to }
}

const note = (text: string): Batch => ({
  frame: Frame.of({ event: 'meta', data: text }),
  from: null,
  to: null,
})

/** What a stream should have been written, kept by a hub that writes everything to everybody at once. */
class Expected {
  readonly written: string[] = []
  held: Batch[] | null = []
  position = 0

  take(batch: Batch): void {
    if (this.held) {
      this.held.push(batch)
      return
    }
    for (const { id, data } of batch.frame.events) {
      const seq = Number(id?.slice(2))
      if (id !== undefined && seq <= this.position) continue
      if (id !== undefined) this.position = seq
      this.written.push(id ?? data)
    }
  }

  goLive(position: number): void {
    const held = this.held ?? []
    this.held = null
    this.position = position
    for (const batch of held) this.take(batch)
  }
}

type Step =
  | { type: 'publish'; count: number }
  | { type: 'overlap'; back: number }
  | { type: 'note' }
  | { type: 'some'; of: number }
  | { type: 'join' }
  | { type: 'live'; who: number; ahead: number }
  | { type: 'send'; who: number }
  | { type: 'end'; who: number }
  | { type: 'leave'; who: number }
  | { type: 'turn' }

const who = fc.nat({ max: 20 })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('publish'), count: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('overlap'), back: fc.integer({ min: 0, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('note') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('some'), of: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('join') }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('live'), who, ahead: fc.nat({ max: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('send'), who }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('end'), who }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('leave'), who }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('turn') }) },
) as fc.Arbitrary<Step>

test('whatever comes, joins and leaves while a sweep is under way: each stream is written what a hub that writes at once would write', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.nat({ max: 12 }),
      fc.array(step, { maxLength: 60 }),
      async (sweepSlice, streams, steps) => {
        const hub = createHub({ sweepSlice })
        const open: { stream: ReturnType<typeof openStream>; expected: Expected }[] = []
        const all: typeof open = []
        let seq = 0
        let names = 0
        const join = () => {
          const one = { stream: openStream(hub, `s${names++}`), expected: new Expected() }
          open.push(one)
          all.push(one)
          return one
        }
        const pick = (index: number) => (open.length === 0 ? undefined : open[index % open.length])
        const deliver = (one: Batch, targets = open) => {
          const isTarget = new Set(targets.map(({ stream }) => stream.subscriber))
          const some = targets === open ? undefined : (subscriber: Subscriber) => isTarget.has(subscriber)
          expect(hub.deliver(ROOM, one, some)).toBe(targets.length)
          for (const { stream, expected } of targets) if (!stream.ended) expected.take(one)
        }
        for (let i = 0; i < streams; i++) {
          const { stream, expected } = join()
          stream.subscriber.goLive(0)
          expected.goLive(0)
        }

        for (const one of steps) {
          if (one.type === 'publish') {
            deliver(batch(seq + 1, seq + one.count))
            seq += one.count
          } else if (one.type === 'overlap') {
            // What was fetched from another server may begin with what has come already.
            deliver(batch(Math.max(1, seq - one.back), seq + 1))
            seq++
          } else if (one.type === 'note') deliver(note(`note ${seq} ${names++}`))
          else if (one.type === 'some') {
            deliver(
              note(`some ${seq} ${names++}`),
              open.filter((_, index) => index % one.of === 0),
            )
          } else if (one.type === 'join') join()
          else if (one.type === 'turn') await turn()
          else {
            const { stream, expected } = pick(one.who) ?? {}
            if (!stream || !expected) continue
            if (one.type === 'live') {
              if (expected.held === null) continue
              // The store may be ahead of what has been delivered, or the replay behind it.
              const position = Math.max(0, seq + 1 - one.ahead)
              expect(stream.subscriber.goLive(position)).toBe(true)
              if (stream.ended) expected.held = null
              else expected.goLive(position)
            } else if (one.type === 'send') {
              const text = `own ${names++}`
              stream.subscriber.send(Frame.of({ event: 'meta', data: text }))
              if (!stream.ended) expected.written.push(text)
            } else if (one.type === 'end') stream.subscriber.end()
            else {
              hub.remove(stream.subscriber)
              open.splice(
                open.findIndex(other => other.stream === stream),
                1,
              )
            }
          }
        }

        const left = all.filter(one => !open.includes(one))
        while (hub.isSweeping) await turn()
        hub.close()
        for (const { stream, expected } of open) expect(stream.written).toEqual(expected.written)
        // A stream that left may miss the end of what was on its way, nothing before it.
        for (const { stream, expected } of left) {
          expect(stream.written).toEqual(expected.written.slice(0, stream.written.length))
        }
      },
    ),
    { numRuns: 1_000 },
  )
})

function openLiveStreams(hub: Hub, count: number) {
  return Array.from({ length: count }, (_, i) => {
    const stream = openStream(hub, `s${i}`)
    stream.subscriber.goLive(0)
    return stream
  })
}

test('one line to a room that fits into a slice is written before deliver returns', () => {
  const hub = createHub()
  const streams = openLiveStreams(hub, 50)
  expect(hub.deliver(ROOM, batch(1, 1))).toBe(50)
  expect(streams.map(({ written }) => written)).toEqual(Array(50).fill(['e-1']))
  hub.close()
})

test('lines that come while a round is under way share a write', async () => {
  const hub = createHub({ sweepSlice: 2 })
  const streams = openLiveStreams(hub, 20)
  for (let seq = 1; seq <= 30; seq++) {
    hub.deliver(ROOM, batch(seq, seq))
    await turn()
  }
  while (hub.isSweeping) await turn()
  hub.close()
  const lines = Array.from({ length: 30 }, (_, i) => idOf(i + 1))
  for (const { written, writes } of streams) {
    expect(written).toEqual(lines)
    expect(writes).toBeLessThan(10)
  }
})

test('the last event of a stream that is ended comes after all that was on its way', () => {
  const hub = createHub({ sweepSlice: 1 })
  const streams = openLiveStreams(hub, 5)
  hub.deliver(ROOM, batch(1, 2))
  hub.deliver(ROOM, note('settings'))
  const last = streams[4]!
  expect(last.written).toEqual([])
  last.subscriber.send(note('closed').frame)
  last.subscriber.end()
  expect(last.written).toEqual(['e-1', 'e-2', 'settings', 'closed'])
  expect(last.ended).toBe(true)
  hub.close()
})

test('who publishes much waits until the streams are not far behind, and what is kept for them stays small', async () => {
  const hub = createHub({ sweepSlice: 1 })
  const streams = openLiveStreams(hub, 50)
  let waited = false
  for (let seq = 1; seq <= 8; seq++) hub.deliver(ROOM, batch(seq, seq, 60_000))
  const caughtUp = hub.caughtUp(ROOM).then(() => {
    waited = true
  })
  await turn()
  expect(waited).toBe(false)
  await caughtUp
  // Others' lines can't wait: past the limit the round is finished at once.
  for (let seq = 9; seq <= 20; seq++) hub.deliver(ROOM, batch(seq, seq, 60_000))
  expect(streams.every(({ written }) => written.length >= 16)).toBe(true)
  while (hub.isSweeping) await turn()
  expect(streams.map(({ written }) => written.length)).toEqual(Array(50).fill(20))
  await hub.caughtUp(ROOM)
  hub.close()
})

test('nobody waits for a room whose last stream left in the middle of a round', async () => {
  const hub = createHub({ sweepSlice: 1 })
  const streams = openLiveStreams(hub, 2)
  for (let seq = 1; seq <= 8; seq++) hub.deliver(ROOM, batch(seq, seq, 60_000))
  const caughtUp = hub.caughtUp(ROOM)
  for (const { subscriber } of streams) hub.remove(subscriber)
  await caughtUp
  expect(hub.deliver(ROOM, batch(9, 9))).toBe(0)
  hub.close()
})
