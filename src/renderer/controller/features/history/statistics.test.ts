import { expect, test } from 'vitest'
import type { Message } from '../../../../shared/message.ts'
import { addUp, daysAsCsv } from './statistics.ts'

const DAY = 86_400_000
const dayOf = (time: number) => ({
  day: new Date(time).toISOString().slice(0, 10),
  hour: new Date(time).getUTCHours(),
})
const line = (speaker: string, message: string, time: number): Message => ({
  id: 'e-1',
  room: 'lobby',
  speaker,
  data: { message },
  time,
  meta: null,
  status: 'complete',
})

test('lines add up by speaker, day and hour; markup does not count', () => {
  const sums = addUp(
    [
      line('A', '[b]你好[/]', 0),
      line('B', '👨‍👩‍👧‍👦!', DAY + 3_600_000),
      line('A', 'hello', DAY + 7_200_000),
    ],
    dayOf,
  )
  expect(sums).toMatchObject({
    lines: 3,
    characters: 9,
    average: 3,
    longest: { speaker: 'A', text: 'hello', characters: 5 },
    first: 0,
    last: DAY + 7_200_000,
    speakers: [
      { name: 'A', lines: 2, characters: 7 },
      { name: 'B', lines: 1, characters: 2 },
    ],
  })
  expect(sums.hours.slice(0, 3)).toEqual([1, 1, 1])
  expect(daysAsCsv(sums)).toBe('day,lines,characters\r\n1970-01-01,1,2\r\n1970-01-02,2,7\r\n')
})

test('nothing adds up to nothing', () => {
  expect(addUp([], dayOf)).toMatchObject({ lines: 0, average: 0, longest: null, first: null, days: [] })
})
