import { expect, test } from 'vitest'
import type { Message } from '../../../shared/message.ts'
import type { Entry } from './entry.ts'
import { recallBefore } from './recall.ts'

const lines = (id: string, count: number, time = 0): Entry[] =>
  Array.from({ length: count }, (_, index) => ({
    key: `${id}#${index}`,
    message: id,
    index,
    speaker: '甲',
    line: { fragments: [] },
    time,
    open: false,
  }))
const message = (seq: number, count = 1): Message => ({
  id: `e-${seq}`,
  room: 'lobby',
  speaker: '甲',
  data: { count },
  time: seq * 1000,
  meta: null,
  status: 'complete',
})
const linesOf = ({ id, data, time }: Message) => lines(id, data.count as number, time)

/** A history that answers as the server does. */
function history(...messages: Message[]) {
  return async (before: string, limit: number) =>
    messages
      .filter(({ id }) => Number(id.slice(2)) < Number(before.slice(2)))
      .reverse()
      .slice(0, limit)
}

async function recalled(first: Entry, read: ReturnType<typeof history>, cleared?: string, limit = 7) {
  const past = await recallBefore({ first, cleared }, limit, read, linesOf)
  return past.map(({ entry, until }) => `${entry.key}@${until}`)
}

test('the lines before the one on the screen come back, oldest first, with the time at which each gave way', async () => {
  const read = history(message(1), message(2), message(4), message(5))
  expect(await recalled(lines('e-4', 1, 4000)[0]!, read)).toEqual(['e-1#0@2000', 'e-2#0@4000'])
})

test('of the message on the screen, those of its lines that were before', async () => {
  const read = history(message(1, 2), message(2, 4), message(3))
  const [, , third] = lines('e-2', 4, 2000)
  expect(await recalled(third!, read)).toEqual(['e-1#0@1000', 'e-1#1@2000', 'e-2#0@2000', 'e-2#1@2000'])
})

test('no more than have room, and none that were cleared away', async () => {
  const read = history(...Array.from({ length: 20 }, (_, index) => message(index + 1)))
  const [first] = lines('e-20', 1, 20_000)
  expect(await recalled(first!, read)).toHaveLength(7)
  expect(await recalled(first!, read, 'e-17')).toEqual(['e-18#0@19000', 'e-19#0@20000'])
  // Of another history, which is gone.
  expect(await recalled(first!, read, 'd-99')).toHaveLength(7)
})

test('a line that belongs to no history has none before it', async () => {
  expect(await recalled(lines('hitokoto', 1)[0]!, history(message(1)))).toEqual([])
})
