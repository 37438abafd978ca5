import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { createHub, Frame, type Sink, Subscriber } from '../sse/index.ts'
import type { CarriedBatch } from './backplane.ts'
import { createRoomOrder } from './room-order.ts'

/** A stream of one room that keeps what it is written. */
function listen() {
  const written: string[] = []
  const sink: Sink = {
    write: frame => void written.push(...frame.events.map(event => event.id ?? event.data)),
    backlogBytes: 0,
    drained: () => Promise.resolve(),
    end: () => {},
  }
  const hub = createHub()
  const info = {
    id: 's',
    room: 'r',
    device: '',
    label: '',
    place: 'browser' as const,
    role: 'player' as const,
    address: '',
    userAgent: '',
    since: 0,
    credential: null,
    expiresAt: null,
    userId: null,
    watchKey: null,
  }
  const subscriber = new Subscriber(info, sink)
  hub.add(subscriber)
  subscriber.goLive(0)
  hub.close()
  return { hub, written }
}

const batch = (from: number, to: number): CarriedBatch => ({
  from,
  to,
  events: Array.from({ length: to - from + 1 }, (_, i) => ({ id: `e-${from + i}`, data: '' })),
})
const ids = (count: number) => Array.from({ length: count }, (_, i) => `e-${i + 1}`)

test('whatever the order, the repeats and the losses: each event once, in order', async () => {
  const carried = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }).chain(sizes => {
    let seq = 0
    const batches = sizes.map(size => {
      seq += size
      return batch(seq - size + 1, seq)
    })
    // Each comes any number of times (0 = lost), in any order.
    const copies = batches.map(one =>
      fc.integer({ min: 0, max: 3 }).map(n => Array<CarriedBatch>(n).fill(one)),
    )
    return fc.tuple(
      fc.constant(seq),
      fc
        .tuple(...copies)
        .chain(lists => fc.shuffledSubarray(lists.flat(), { minLength: lists.flat().length })),
    )
  })
  await fc.assert(
    fc.asyncProperty(carried, async ([last, arrivals]) => {
      const { hub, written } = listen()
      const order = createRoomOrder({
        hub,
        patience: 0,
        fetch: async (_room, after) => (after < last ? [batch(after + 1, last)] : []),
      })
      await order.open('r', async () => 0)
      for (const one of arrivals) order.offer('r', one)
      order.reached('r', last)
      await expect.poll(() => order.position('r')).toBe(last)
      expect(written).toEqual(ids(last))
      order.stop()
    }),
    { numRuns: 60 },
  )
})

test('what comes before the base is known waits for it', async () => {
  const { hub, written } = listen()
  const order = createRoomOrder({ hub, fetch: async () => [] })
  const base = Promise.withResolvers<number>()
  const ready = order.open('r', () => base.promise)
  order.offer('r', batch(3, 4))
  expect(written).toEqual([])
  base.resolve(2)
  await ready
  expect(written).toEqual(['e-3', 'e-4'])
  order.stop()
})

test('a gap is fetched, and a number whose event is gone is no gap', async () => {
  const { hub, written } = listen()
  let gaps = 0
  const order = createRoomOrder({
    hub,
    patience: 0,
    // Number 2 was retracted: the span has it, the events don't.
    fetch: async () => [
      {
        from: 1,
        to: 3,
        events: [
          { id: 'e-1', data: '' },
          { id: 'e-3', data: '' },
        ],
      },
    ],
    onGap: () => gaps++,
  })
  await order.open('r', async () => 0)
  order.offer('r', batch(4, 4))
  await expect.poll(() => written).toEqual(['e-1', 'e-3', 'e-4'])
  expect(gaps).toBe(1)
  order.stop()
})

test('a fetch that fails is tried again', async () => {
  const { hub, written } = listen()
  let calls = 0
  const order = createRoomOrder({
    hub,
    patience: 0,
    fetch: async () => {
      if (++calls === 1) throw new Error('away')
      return [batch(1, 1)]
    },
  })
  await order.open('r', async () => 0)
  order.reached('r', 1)
  await expect.poll(() => written, { timeout: 3_000 }).toEqual(['e-1'])
  order.stop()
})

test('an event without a number stays behind those that were sent before it', async () => {
  const { hub, written } = listen()
  const order = createRoomOrder({ hub, fetch: async () => [] })
  await order.open('r', async () => 0)
  order.offerLive('r', Frame.of({ event: 'control', data: 'clear' }), 2)
  order.offer('r', batch(1, 2))
  order.offerLive('r', Frame.of({ event: 'control', data: 'next' }), 2)
  expect(written).toEqual(['e-1', 'e-2', 'clear', 'next'])
  order.stop()
})

test('an event without a number waits no longer where the clock is set back', async () => {
  vi.useFakeTimers()
  try {
    const { hub, written } = listen()
    const order = createRoomOrder({ hub, fetch: async () => [] })
    await order.open('r', async () => 0)
    order.offerLive('r', Frame.of({ data: 'typing' }), 7)
    vi.setSystemTime(Date.now() - 3_600_000)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(written).toEqual(['typing'])
    order.stop()
  } finally {
    vi.useRealTimers()
  }
})

test('a control that lines wait for comes before them', async () => {
  const { hub, written } = listen()
  let given = 0
  const order = createRoomOrder({
    hub,
    fetch: () => Promise.resolve([]),
    controls: { position: () => given, reached() {} },
  })
  await order.open('r', () => Promise.resolve(0))
  order.offer('r', batch(1, 1))
  order.offer('r', { ...batch(2, 3), controls: 1 })
  given = 1
  order.offerLive('r', Frame.of({ data: 'control' }), 1, Number.POSITIVE_INFINITY)
  order.stop()
  expect(written).toEqual(['e-1', 'control', 'e-2', 'e-3'])
})
