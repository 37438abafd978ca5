import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CONTROL_ACTIONS } from '../../../shared/events.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { Entry } from './entry.ts'
import { createQueue, type Effect, type QueueSettings } from './queue.ts'

const settings: QueueSettings = {
  ...DEFAULT_ROOM_SETTINGS.queue,
  holdMs: 100,
  holdPerCharMs: 0,
  autoHideMs: 1000,
  autoHidePerCharMs: 0,
}

const entry = (key: string, over: Partial<Entry> = {}): Entry => ({
  key,
  message: key.split('#')[0]!,
  index: 0,
  speaker: '',
  line: { fragments: [{ text: 'x'.repeat(10) }] },
  time: 0,
  open: false,
  ...over,
})

/** Every character takes 5 ms. */
function textLength({ line }: Entry): number {
  return line.fragments.reduce((sum, item) => sum + ('text' in item ? item.text.length : 0), 0)
}
const measure = (item: Entry) => ({
  duration: textLength(item) * 5,
  length: textLength(item),
  hurries: item.line.fragments.some(fragment => 'next' in fragment),
})
const create = (over: Partial<QueueSettings> = {}) => createQueue({ ...settings, ...over }, measure)
const keys = (effects: Effect[]) =>
  effects.flatMap(effect =>
    effect.type === 'show'
      ? effect.entries.map(item => item.key)
      : effect.type === 'append'
        ? [`+${effect.entry.key}`]
        : [],
  )
const types = (effects: Effect[]) => effects.map(effect => effect.type)

describe('wait', () => {
  test('the first line is shown at once, the next when it is typed and was held', () => {
    const queue = create()
    expect(keys(queue.add([entry('a')], 0))).toEqual(['a'])
    expect(queue.add([entry('b')], 10)).toEqual([])
    expect(queue.wakeAt()).toBe(150)
    expect(queue.advance(149)).toEqual([])
    expect(keys(queue.advance(150))).toEqual(['b'])
  })

  test('the hold grows with the length of the line', () => {
    const queue = create({ holdPerCharMs: 10 })
    queue.add([entry('a'), entry('b')], 0)
    expect(queue.wakeAt()).toBe(50 + 100 + 10 * 10)
  })

  test('a line that comes after the hold is shown at once', () => {
    const queue = create()
    queue.add([entry('a')], 0)
    expect(queue.add([entry('b')], 500)).toEqual([{ type: 'show', entries: [entry('b')], elapsed: 0 }])
  })

  test('a line that asks for the next is not held', () => {
    const queue = create({ autoAdvance: false })
    queue.add([entry('a', { line: { fragments: [{ text: 'xx' }, { next: true }] } }), entry('b')], 0)
    expect(keys(queue.advance(10))).toEqual(['b'])
  })

  test('without auto-advance lines wait for "next"', () => {
    const queue = create({ autoAdvance: false })
    queue.add([entry('a'), entry('b')], 0)
    expect(queue.advance(900)).toEqual([])
    expect(keys(queue.control('next', 901))).toEqual(['b'])
  })

  test('a call that comes late catches up: each line was shown when it was due', () => {
    const queue = create()
    queue.add([entry('a'), entry('b'), entry('c'), entry('d')], 0)
    expect(queue.advance(320)).toEqual([
      { type: 'show', entries: [entry('b')], elapsed: 170 },
      { type: 'show', entries: [entry('c')], elapsed: 20 },
    ])
    expect(queue.state(320)).toMatchObject({ phase: 'typing', current: { key: 'c' } })
    expect(queue.wakeAt()).toBe(450)
  })
})

describe('the other policies', () => {
  test('replace: a new message takes the place of all that is there', () => {
    const queue = create({ policy: 'replace' })
    queue.add([entry('a#0'), entry('a#1')], 0)
    const effects = queue.add([entry('b#0'), entry('b#1')], 10)
    expect(effects).toEqual([
      { type: 'dropped', entries: [entry('a#1')] },
      { type: 'show', entries: [entry('b#0')], elapsed: 0 },
    ])
    expect(keys(queue.advance(160))).toEqual(['b#1'])
  })

  test('replace: the lines of a message that is still being written take turns, and give way with it', () => {
    const queue = create({ policy: 'replace' })
    const line = (message: string, index: number) => entry(`${message}#${index}`, { message, index })
    queue.add([line('a', 0)], 0)
    expect(queue.add([line('a', 1)], 10)).toEqual([])
    expect(queue.add([line('a', 2)], 20)).toEqual([])
    expect(keys(queue.advance(150))).toEqual(['a#1'])
    expect(keys(queue.add([line('b', 0)], 160))).toEqual(['b#0'])
    // It is told, and does not come back over what is newer.
    expect(queue.add([line('a', 3)], 170)).toEqual([{ type: 'dropped', entries: [line('a', 3)] }])
    expect(queue.state(170).current).toEqual(line('b', 0))
  })

  test('append: another speaker begins a box of their own, when the one before has had its time', () => {
    const queue = create({ policy: 'append' })
    queue.add([entry('a', { speaker: 'Ann' })], 0)
    expect(queue.add([entry('b', { speaker: 'Bob' })], 10)).toEqual([])
    // Nor does anybody jump the queue.
    expect(queue.add([entry('c', { speaker: 'Ann' })], 20)).toEqual([])
    expect(keys(queue.advance(150))).toEqual(['b'])
  })

  test('append: more goes into the same box while it is typed or held, then a new box begins', () => {
    const queue = create({ policy: 'append' })
    queue.add([entry('a')], 0)
    expect(queue.add([entry('b')], 10)).toEqual([{ type: 'append', entry: entry('b'), delay: 40 }])
    expect(keys(queue.add([entry('c')], 150))).toEqual(['+c'])
    expect(keys(queue.add([entry('d')], 500))).toEqual(['d'])
  })
})

describe('overflow', () => {
  const three = [entry('b'), entry('c'), entry('d')]
  test('drop-oldest and drop-newest name what goes', () => {
    for (const [overflow, dropped] of [
      ['drop-oldest', 'b'],
      ['drop-newest', 'd'],
    ] as const) {
      const queue = create({ maxWaiting: 2, overflow })
      queue.add([entry('a')], 0)
      expect(queue.add(three, 1)).toEqual([{ type: 'dropped', entries: [entry(dropped)] }])
    }
  })

  test('hurry drops none and holds shorter', () => {
    const queue = create({ maxWaiting: 1, overflow: 'hurry' })
    queue.add([entry('a')], 0)
    expect(queue.add([entry('b'), entry('c')], 1)).toEqual([])
    expect(queue.wakeAt()).toBe(50 + 50)
  })
})

describe('control', () => {
  test('skip completes the line, next goes on even while typing', () => {
    const queue = create()
    queue.add([entry('a'), entry('b')], 0)
    expect(queue.control('skip', 10)).toEqual([{ type: 'finish' }])
    expect(queue.wakeAt()).toBe(110)
    expect(keys(queue.control('next', 20))).toEqual(['b'])
    expect(queue.control('next', 30)).toEqual([{ type: 'finish' }])
    expect(queue.control('next', 40)).toEqual([])
  })

  test('clear empties screen and queue', () => {
    const queue = create()
    queue.add([entry('a'), entry('b')], 0)
    expect(queue.control('clear', 10)).toEqual([{ type: 'clear' }])
    expect(queue.state(10)).toEqual({ phase: 'idle', current: null, shown: [], waiting: [], visible: true })
    expect(queue.wakeAt()).toBeNull()
  })

  test('while hidden or paused nothing starts, and nothing is lost', () => {
    for (const [stop, go] of [
      ['hide', 'show'],
      ['pause', 'resume'],
    ] as const) {
      const queue = create()
      queue.add([entry('a')], 0)
      queue.control(stop, 10)
      queue.add([entry('b')], 20)
      expect(queue.wakeAt()).toBeNull()
      expect(keys(queue.advance(5000))).toEqual([])
      expect(queue.control(go, 6000)).toContainEqual({ type: 'show', entries: [entry('b')], elapsed: 0 })
    }
  })

  test('the box hides itself when nothing comes, and comes back with the next line', () => {
    const queue = create()
    queue.add([entry('a')], 0)
    expect(queue.wakeAt()).toBe(1050)
    expect(queue.advance(1050)).toEqual([{ type: 'visible', visible: false }])
    expect(queue.wakeAt()).toBeNull()
    expect(types(queue.add([entry('b')], 2000))).toEqual(['show', 'visible'])
  })

  test('show brings back a box that hid itself, for its full time', () => {
    const queue = create()
    queue.add([entry('a')], 0)
    queue.advance(1050)
    expect(queue.control('show', 5000)).toEqual([{ type: 'visible', visible: true }])
    expect(queue.wakeAt()).toBe(6000)
  })
})

describe('retract and change', () => {
  test('a message is taken off the screen and out of the queue', () => {
    const queue = create()
    queue.add([entry('a'), entry('b'), entry('c')], 0)
    expect(queue.retract('b', 10)).toEqual([])
    expect(queue.retract('a', 20)).toEqual([
      { type: 'clear', taken: true },
      { type: 'show', entries: [entry('c')], elapsed: 0 },
    ])
    expect(queue.retract(null, 30)).toEqual([{ type: 'clear' }])
  })

  test('of a box with several messages the others stay, complete', () => {
    const queue = create({ policy: 'append' })
    queue.add([entry('a'), entry('b')], 0)
    expect(queue.retract('a', 10)).toEqual([
      { type: 'show', entries: [entry('b')], elapsed: Number.POSITIVE_INFINITY },
    ])
  })

  test('the one that is taken away no longer says how long the others stay', () => {
    const queue = create({ policy: 'append' })
    const hasty = entry('b', { line: { fragments: [{ text: 'x' }, { next: true }] } })
    queue.add([entry('a'), hasty], 0)
    queue.retract('b', 60)
    queue.configure(settings, 60)
    queue.add([entry('c')], 60)
    expect(queue.wakeAt()).toBe(155)
  })

  test('a line that ends up shorter than it was holds the next one no longer than it needs', () => {
    const queue = create()
    queue.add([entry('a', { open: true, line: { fragments: [{ text: 'x'.repeat(1_000) }] } })], 0)
    queue.add([entry('b')], 0)
    queue.change(entry('a', { line: { fragments: [{ text: 'x'.repeat(20) }] } }), 50)
    expect(queue.wakeAt()).toBe(200)
    queue.change(entry('a', { line: { fragments: [{ text: 'x'.repeat(2) }] } }), 60)
    expect(queue.wakeAt()).toBe(160)
  })

  test('a message that is still being written is not complete before its last delta', () => {
    const queue = create()
    queue.add([entry('a', { open: true }), entry('b')], 0)
    expect(queue.wakeAt()).toBeNull()
    expect(queue.state(900).phase).toBe('typing')
    queue.change(entry('a', { open: true, line: { fragments: [{ text: 'x'.repeat(20) }] } }), 1000)
    expect(queue.wakeAt()).toBeNull()
    queue.change(entry('a', { line: { fragments: [{ text: 'x'.repeat(30) }] } }), 1010)
    // 20 characters of 5 ms behind the moment in which the first of them came, then the hold.
    expect(queue.wakeAt()).toBe(1000 + 100 + 100)
  })
})

describe('restore', () => {
  test('what was on the screen is shown complete, and goes when its time is over', () => {
    const queue = create()
    const effects = queue.restore(
      { current: [entry('a')], rest: [], since: 0, visible: true, paused: false },
      60,
    )
    expect(effects).toContainEqual({ type: 'show', entries: [entry('a')], elapsed: Number.POSITIVE_INFINITY })
    expect(queue.add([entry('b')], 60)).toEqual([])
    expect(queue.wakeAt()).toBe(100)
  })

  test('lines of the same message that are still to come take their turn, under each policy', () => {
    const [one, two, three] = [entry('m#0'), entry('m#1'), entry('m#2')]
    const stage = { current: [one, two], rest: [three], since: 0, visible: true, paused: false }
    for (const policy of ['wait', 'replace', 'append'] as const) {
      const queue = create({ policy })
      const effects = queue.restore(stage, 0)
      const joins = policy === 'append'
      expect(effects[0]).toMatchObject({ type: 'show', entries: joins ? [one, two] : [two] })
      expect(queue.state(0).waiting).toEqual(joins ? [] : [three])
      expect(queue.state(0).current).toEqual(joins ? three : two)
      if (!joins) expect(queue.advance(100)).toMatchObject([{ type: 'show', entries: [three] }])
    }
  })
})

const input = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('add' as const),
      lines: fc.integer({ min: 1, max: 3 }),
      open: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('control' as const),
      action: fc.constantFrom(...CONTROL_ACTIONS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('retract' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('final' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('configure' as const),
      policy: fc.constantFrom('wait' as const, 'replace' as const, 'append' as const),
      autoAdvance: fc.boolean(),
      maxWaiting: fc.integer({ min: 1, max: 4 }),
      overflow: fc.constantFrom('hurry' as const, 'drop-oldest' as const, 'drop-newest' as const),
    }),
  },
)

test('whatever happens: no line is shown twice, none out of order, and none is lost without being named', () => {
  fc.assert(
    fc.property(fc.array(input, { maxLength: 60 }), inputs => {
      const queue = create()
      const added: string[] = []
      const shown: string[] = []
      const gone = new Set<string>()
      const open = new Map<string, Entry>()
      let now = 0
      let messages = 0

      function apply(effects: Effect[]) {
        for (const effect of effects) {
          if (effect.type === 'dropped') for (const item of effect.entries) gone.add(item.key)
          // What comes back complete after a retraction was shown before.
          if (effect.type === 'show' && effect.elapsed !== Number.POSITIVE_INFINITY)
            for (const item of effect.entries) shown.push(item.key)
          if (effect.type === 'append') shown.push(effect.entry.key)
        }
      }
      function close(): void {
        for (const item of open.values()) apply(queue.change({ ...item, open: false }, now))
        open.clear()
      }

      for (const step of inputs) {
        if (step.do === 'add') {
          const entries = Array.from({ length: step.lines }, (_, line) =>
            entry(`m${messages}#${line}`, { open: step.open }),
          )
          messages++
          for (const item of entries) {
            added.push(item.key)
            if (item.open) open.set(item.key, item)
          }
          apply(queue.add(entries, now))
        } else if (step.do === 'wait') {
          now += step.ms
          apply(queue.advance(now))
        } else if (step.do === 'control') {
          if (step.action === 'clear') for (const item of queue.state(now).waiting) gone.add(item.key)
          apply(queue.control(step.action, now))
        } else if (step.do === 'retract') {
          for (const item of queue.state(now).waiting)
            if (item.message === `m${step.which}`) gone.add(item.key)
          apply(queue.retract(`m${step.which}`, now))
        } else if (step.do === 'configure') {
          apply(queue.configure({ ...settings, ...step }, now))
        } else close()
      }
      close()
      apply(queue.control('show', now))
      apply(queue.control('resume', now))
      apply(queue.configure(settings, now))
      for (let at = queue.wakeAt(); at !== null; at = queue.wakeAt()) {
        now = Math.max(now, at)
        apply(queue.advance(now))
      }
      expect(shown).toEqual(added.filter(key => !gone.has(key)))
    }),
    { numRuns: 1000 },
  )
})
