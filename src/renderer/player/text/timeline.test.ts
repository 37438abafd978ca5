import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fragment } from '../../../shared/fragments.ts'
import { cellsOf } from './cells.ts'
import { keySteps, layOutInTime, type Pace, shownAt } from './timeline.ts'

const pace: Pace = { charMs: 10, cjkWeight: 2, commaPauseMs: 100, sentencePauseMs: 300 }
const layOut = (fragments: Fragment[], tick?: number) =>
  layOutInTime(fragments, cellsOf(fragments), pace, tick)

describe('timing', () => {
  test('the first character appears at once, Chinese ones take two units', () => {
    expect(layOut([{ text: 'ab中文c' }]).cells).toEqual([0, 10, 20, 40, 60])
  })

  test('a comma and the end of a sentence pause, once, and not behind the last character', () => {
    expect(layOut([{ text: 'a, b' }]).cells).toEqual([0, 10, 120, 130])
    expect(layOut([{ text: '好？！再' }]).cells).toEqual([0, 20, 40, 360])
    expect(layOut([{ text: '「好。」再' }]).cells).toEqual([0, 20, 40, 60, 380])
    expect(layOut([{ text: '好。' }]).end).toBe(40)
  })

  test('numbers and addresses do not pause', () => {
    expect(layOut([{ text: '3.14' }]).cells).toEqual([0, 10, 20, 30])
    expect(layOut([{ text: 'a,b' }]).cells).toEqual([0, 10, 20])
  })

  test('speed divides, a tick replaces, 0 shows at once', () => {
    expect(layOut([{ text: 'abc', style: { speed: 2 } }]).cells).toEqual([0, 5, 10])
    expect(layOut([{ text: 'abc', style: { tick: 100 } }]).cells).toEqual([0, 100, 200])
    expect(layOut([{ text: 'ab, c。d' }], 0).end).toBe(0)
  })

  test('a pause delays what follows and, at the end, the end of the line', () => {
    expect(layOut([{ text: 'a' }, { pause: 500 }, { text: 'b' }, { pause: 200 }])).toMatchObject({
      cells: [0, 510],
      end: 720,
    })
  })

  test('speaker changes and effects happen between the characters around them', () => {
    const { cells, cues } = layOut([{ text: 'a' }, { speaker: '乙' }, { effect: 'shout' }, { text: 'b' }])
    expect(cells).toEqual([0, 10])
    expect(cues).toEqual([
      { at: 10, fragment: 1 },
      { at: 10, fragment: 2 },
    ])
  })

  test('keys are typed first, then the text stands there as a whole', () => {
    const { cells, keys } = layOut([{ text: '你好', typed: "ni'hao" }])
    expect(keySteps("ni'hao")).toEqual(['n', 'ni', "ni'h", "ni'ha", "ni'hao"])
    expect(keys).toEqual([
      { fragment: 0, steps: ['n', 'ni', "ni'h", "ni'ha", "ni'hao"], times: [0, 10, 20, 30, 40], done: 50 },
    ])
    expect(cells).toEqual([50, 50])
  })

  test('emotes and images take their turn like a character', () => {
    expect(layOut([{ emote: 'smile' }, { image: { url: '/a.png' } }, { text: 'a' }]).cells).toEqual([
      0, 20, 40,
    ])
  })
})

const fragment: fc.Arbitrary<Fragment> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ text: fc.string({ unit: 'grapheme' }) }) },
  { weight: 1, arbitrary: fc.record({ text: fc.string(), typed: fc.string() }) },
  { weight: 1, arbitrary: fc.record({ pause: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.constant({ emote: 'a' }) },
  { weight: 1, arbitrary: fc.constant({ speaker: 'b' }) },
)

describe('properties', () => {
  test('every cell has its time, times never decrease, and all have come at the end', () => {
    fc.assert(
      fc.property(fc.array(fragment), fragments => {
        const { cells, end } = layOut(fragments)
        expect(cells).toHaveLength(cellsOf(fragments).length)
        for (let i = 1; i < cells.length; i++) expect(cells[i]!).toBeGreaterThanOrEqual(cells[i - 1]!)
        expect(shownAt(cells, end)).toBe(cells.length)
      }),
    )
  })

  test('what is appended never appears before the moment it came', () => {
    fc.assert(
      fc.property(fc.array(fragment), fc.array(fragment), fc.nat(5000), (before, added, start) => {
        const all = [...before, ...added]
        const more = layOutInTime(all, cellsOf(all), pace, undefined, {
          start,
          fragment: before.length,
          cell: cellsOf(before).length,
        })
        expect(more.cells).toHaveLength(cellsOf(added).length)
        for (const time of more.cells) expect(time).toBeGreaterThanOrEqual(start)
      }),
    )
  })

  test('shownAt counts what a linear search counts', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.nat(120), (times, elapsed) => {
        const sorted = times.slice().sort((a, b) => a - b)
        expect(shownAt(sorted, elapsed)).toBe(sorted.filter(time => time <= elapsed).length)
      }),
    )
  })
})
