import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createParser } from '../../../sse-client/index.ts'
import type { Batch } from './batch.ts'
import { Frame } from './frame.ts'
import { createHub } from './hub.ts'
import type { Sink } from './stream.ts'
import { Subscriber, type SubscriberInfo } from './subscriber.ts'

const info: SubscriberInfo = {
  id: 's',
  room: 'lobby',
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

/** A sink that keeps the numbers of the events written to it. */
function createRecorder(): { sink: Sink; seqs: number[] } {
  const seqs: number[] = []
  const parser = createParser({ onEvent: ({ id }) => void seqs.push(Number(id!.split('-')[1])) })
  const sink: Sink = {
    write: frame => parser.push(frame.plain),
    backlogBytes: 0,
    drained: () => Promise.resolve(),
    end: () => {},
  }
  return { sink, seqs }
}

function join() {
  const { sink, seqs } = createRecorder()
  const hub = createHub()
  const subscriber = new Subscriber(info, sink)
  hub.add(subscriber)
  hub.close()
  return { hub, subscriber, seqs }
}

function batch(from: number, to: number): Batch {
  const events = Array.from({ length: to - from + 1 }, (_, i) => ({ id: `e-${from + i}`, data: 'x' }))
  return { frame: Frame.of(...events), from, to }
}

test('wherever batches are cut, and wherever the replay ends, each event is written once and in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
      fc.nat(),
      fc.nat(),
      (lengths, replayEnd, turn) => {
        const { hub, subscriber, seqs } = join()
        const last = lengths.reduce((sum, length) => sum + length, 0)
        // The store may be ahead of what has been delivered, in the middle of a batch that comes later.
        const position = replayEnd % (last + 1)
        const liveFrom = turn % (lengths.length + 1)
        let next = 1
        lengths.forEach((length, index) => {
          if (index === liveFrom) expect(subscriber.goLive(position)).toBe(true)
          hub.deliver(info.room, batch(next, next + length - 1))
          next += length
        })
        if (liveFrom === lengths.length) subscriber.goLive(position)
        expect(seqs).toEqual(Array.from({ length: last - position }, (_, i) => position + 1 + i))
      },
    ),
  )
})

test('a batch whose beginning the replay has read already goes on where the replay ended', () => {
  const { hub, subscriber, seqs } = join()
  subscriber.goLive(106)
  hub.deliver(info.room, batch(106, 108))
  expect(seqs).toEqual([107, 108])
})
