import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Fragment } from '../../../shared/fragments.ts'
import { cellsOf } from './cells.ts'
import type { LineView } from './line-view.ts'
import { createTypewriter } from './typewriter.ts'

/** A clock that draws a frame every 10 ms. */
let now = 0
let frames: FrameRequestCallback[] = []

beforeEach(() => {
  now = 1_000
  frames = []
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  vi.stubGlobal('requestAnimationFrame', (frame: FrameRequestCallback) => frames.push(frame))
  vi.stubGlobal('cancelAnimationFrame', () => {
    frames = []
  })
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

function pass(milliseconds: number): void {
  for (const end = now + milliseconds; now < end; ) {
    now += 10
    for (const frame of frames.splice(0)) frame(now)
  }
}

interface Seen {
  shown: number
  keys: string | null
}

/** What a typewriter asks of a view, without a document. */
function viewOf(initial: readonly Fragment[]) {
  let fragments = initial
  const seen: Seen = { shown: 0, keys: null }
  const view = {
    get fragments() {
      return fragments
    },
    get cells() {
      return cellsOf(fragments)
    },
    reveal: (shown: number) => {
      seen.shown = Math.max(seen.shown, shown)
    },
    showKeys: (_fragment: number, keys: string | null) => {
      seen.keys = keys
    },
  } as unknown as LineView
  return {
    view,
    seen,
    change(next: readonly Fragment[]) {
      fragments = next
    },
  }
}

const PACE = { charMs: 100, cjkWeight: 1, commaPauseMs: 0, sentencePauseMs: 0 }

function typewriterOf() {
  const cues: string[] = []
  let done = 0
  const typewriter = createTypewriter({
    onTyped: () => undefined,
    onCue: (view, index) => void cues.push(JSON.stringify(view.fragments[index])),
    onDone: () => {
      done++
    },
  })
  return { typewriter, cues, done: () => done }
}

test('letters come by the clock, and a page that was hidden gets all that was due', () => {
  const { typewriter, done } = typewriterOf()
  const { view, seen } = viewOf([{ text: 'abcdef' }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  expect(seen.shown).toBe(1)
  pass(200)
  expect(seen.shown).toBe(3)
  now += 60_000
  pass(10)
  expect(seen.shown).toBe(6)
  expect(done()).toBe(1)
  expect(typewriter.isTyping).toBe(false)
})

test('text that is added behind what is there is typed from then on', () => {
  const { typewriter, done } = typewriterOf()
  const { view, seen, change } = viewOf([{ text: 'ab' }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  pass(1_000)
  change([{ text: 'abcd' }])
  typewriter.grow({ fragment: 0, cell: 2 })
  expect(seen.shown).toBe(3)
  pass(100)
  expect(seen.shown).toBe(4)
  pass(200)
  expect(done()).toBe(2)
})

test('text that is replaced while it is typed goes on where the two part, not where the old one would have ended', () => {
  const { typewriter } = typewriterOf()
  const { view, seen, change } = viewOf([{ text: `ab${'x'.repeat(500)}` }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  pass(100)
  expect(seen.shown).toBe(2)
  change([{ text: 'abcdefg' }])
  typewriter.grow({ fragment: 0, cell: 2 })
  seen.shown = 2
  pass(200)
  expect(seen.shown).toBeGreaterThanOrEqual(4)
  pass(400)
  expect(seen.shown).toBe(7)
})

test('what was skipped to its end goes on at the pace of the line when more comes', () => {
  const { typewriter } = typewriterOf()
  const { view, seen, change } = viewOf([{ text: 'abcdef' }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  typewriter.finish()
  expect(seen.shown).toBe(6)
  change([{ text: 'abcdefgh' }])
  typewriter.grow({ fragment: 0, cell: 6 })
  pass(10)
  expect(seen.shown).toBe(7)
  pass(100)
  expect(seen.shown).toBe(8)
})

test('keys are typed before their word, and are gone with it however the line ends', () => {
  const { typewriter } = typewriterOf()
  const { view, seen } = viewOf([{ text: '你好', typed: "ni'hao" }, { text: '啊' }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  expect(seen.keys).toBe('n')
  pass(200)
  expect(seen).toEqual({ shown: 0, keys: "ni'h" })
  typewriter.finish()
  expect(seen).toEqual({ shown: 3, keys: null })
})

test('a change of speaker has its turn once, on a line that grows too', () => {
  const { typewriter, cues } = typewriterOf()
  const { view, change } = viewOf([{ text: 'a' }, { speaker: '乙' }, { text: 'b' }])
  typewriter.type({ view, pace: PACE, tick: undefined })
  pass(300)
  change([{ text: 'a' }, { speaker: '乙' }, { text: 'bc' }, { effect: 'shout' }])
  typewriter.grow({ fragment: 2, cell: 2 })
  pass(300)
  expect(cues).toEqual(['{"speaker":"乙"}', '{"effect":"shout"}'])
})

test('a line behind another waits until that one is typed', () => {
  const { typewriter } = typewriterOf()
  const [first, second] = [viewOf([{ text: 'ab' }]), viewOf([{ text: 'cd' }])]
  typewriter.type({ view: first.view, pace: PACE, tick: undefined })
  typewriter.type({ view: second.view, pace: PACE, tick: undefined })
  pass(100)
  expect([first.seen.shown, second.seen.shown]).toEqual([2, 0])
  pass(100)
  expect(second.seen.shown).toBe(1)
  typewriter.clear()
  pass(1_000)
  expect(second.seen.shown).toBe(1)
})
