import { expect, test, vi } from 'vitest'
import type { RoomRecord } from '../rooms/index.ts'
import type { Subscriber } from '../sse/index.ts'
import type { Sentence } from './hitokoto.ts'
import { createQuotes } from './quotes.ts'

test('a room that is opened while the sentence is fetched gets it with the others', async () => {
  const open = new Set<string>()
  const told: string[] = []
  let come: (subscriber: Subscriber) => void = () => {}
  const answers: ((sentence: Sentence) => void)[] = []
  const found: string[] = []
  const quotes = createQuotes({
    hub: {
      deliver: room => told.push(room),
      inRoom: () => new Set(),
      onJoin(listener) {
        come = listener
      },
      rooms: () => open,
    },
    rooms: {
      async find(id) {
        found.push(id)
        return { id, settings: { idleFallback: true } } as RoomRecord
      },
      on() {},
    },
    source: { next: () => new Promise(answer => answers.push(answer)) },
    interval: 1_000_000,
  })
  const join = (room: string) => {
    open.add(room)
    come({ room } as Subscriber)
  }
  try {
    join('first')
    await vi.waitUntil(() => answers.length === 1)
    join('second')
    await vi.waitUntil(() => found.includes('second'))
    answers[0]!({ id: 'a', text: 'a', from: '' })
    await vi.waitFor(() => expect(told).toEqual(['first', 'second']))
    expect(answers).toHaveLength(1)
  } finally {
    quotes.close()
  }
})
