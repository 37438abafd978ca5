import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ControlAction, HelloEvent, Snapshot } from '../../../shared/events.ts'
import { readMessage } from '../../../shared/markup/read-message.ts'
import type { Message } from '../../../shared/message.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import { createEmotes } from '../emotes.ts'
import type { PlayerEvent } from '../events.ts'
import { createInbox, type Saved } from './inbox.ts'
import { createQueue, type Effect } from './queue.ts'

const settings = { ...DEFAULT_ROOM_SETTINGS.queue, holdMs: 100, holdPerCharMs: 0, autoHideMs: 0 }

function create(saved: Saved | null = null, label = '', emotes = createEmotes()) {
  const queue = createQueue(settings, ({ line }) => ({
    duration: 10,
    length: line.fragments.length,
    hurries: false,
  }))
  return {
    queue,
    inbox: createInbox({ queue, label, emotes, onUnknownEmote() {}, onUnknownStyle() {}, saved }),
  }
}

const message = (seq: number, over: Partial<Message> = {}): Message => ({
  id: `e-${seq}`,
  room: 'lobby',
  speaker: '甲',
  data: { message: `m${seq}` },
  time: 0,
  meta: null,
  status: 'complete',
  ...over,
})
const sent = (seq: number, over?: Partial<Message>): PlayerEvent => ({
  name: 'message',
  data: message(seq, over),
})
const hello = (
  last: number,
  snapshot: Partial<Snapshot> | null,
  reset = false,
  epoch = 'e',
  control = 0,
): PlayerEvent => {
  const data: HelloEvent = {
    type: 'hello',
    api: { version: '1.0' },
    subscriber: 's',
    epoch,
    last: `${epoch}-${last}`,
    room: 'lobby',
    exists: true,
    emotes: [],
    stage: { visible: true, paused: false },
    settings: DEFAULT_ROOM_SETTINGS,
    presence: { controllers: 0 },
    snapshot: snapshot && {
      current: null,
      currentSince: null,
      queue: [],
      visible: true,
      paused: false,
      ...snapshot,
    },
    control,
    reset,
    keepAlive: 15_000,
    time: 0,
  }
  return { name: 'meta', data }
}
/** What is typed (`m1`), and what is put there complete (`=m1`). */
const texts = (effects: Effect[]): string[] =>
  effects.flatMap(effect =>
    effect.type === 'show'
      ? effect.entries.map(({ line }) => {
          const [first] = line.fragments
          const text = first !== undefined && 'text' in first ? first.text : ''
          return effect.elapsed === Number.POSITIVE_INFINITY ? `=${text}` : text
        })
      : [],
  )

test('a message that comes again is not shown again', () => {
  const { inbox } = create()
  expect(texts(inbox.receive(sent(1), 0))).toEqual(['m1'])
  expect(inbox.receive(sent(1), 1000)).toEqual([])
  expect(texts(inbox.receive(sent(2), 2000))).toEqual(['m2'])
})

test("the fallback's sentences come round again, whatever their ids look like", () => {
  const { inbox } = create()
  const sentence = (id: string) => sent(0, { id, room: '', data: { message: id } })
  expect(texts(inbox.receive(sentence('hitokoto-9'), 0))).toEqual(['hitokoto-9'])
  expect(inbox.receive(sentence('hitokoto-9'), 1000)).toEqual([])
  expect(texts(inbox.receive(sentence('hitokoto-3'), 2000))).toEqual(['hitokoto-3'])
  expect(texts(inbox.receive(sentence('hitokoto-9'), 4000))).toEqual(['hitokoto-9'])
})

test('the snapshot is shown complete, its queue is typed', () => {
  const { inbox, queue } = create()
  expect(
    texts(
      inbox.receive(
        hello(7, { current: message(5), currentSince: -50, queue: [message(6), message(7)] }),
        1000,
      ),
    ),
  ).toEqual(['=m5'])
  expect(queue.wakeAt()).toBe(1000 - 50 + 100)
  expect(texts(queue.advance(1050))).toEqual(['m6'])
  expect(inbox.receive(sent(7), 1060)).toEqual([])
})

test('of a message of several lines, the snapshot brings the one that is shown, and those behind it wait', () => {
  const { inbox, queue } = create()
  const current = message(5, { data: { message: ['one', 'two', 'three'] } })
  const effects = inbox.receive(hello(5, { current, currentLine: 1 }), 0)
  expect(texts(effects)).toEqual(['=two'])
  expect(queue.state(0).waiting).toHaveLength(1)
  // Where no player has told, all of it counts as shown.
  const { inbox: other, queue: empty } = create()
  expect(texts(other.receive(hello(5, { current }), 0))).toEqual(['=three'])
  expect(empty.state(0).waiting).toEqual([])
})

test('a snapshot that comes again adds only what is missing', () => {
  const { inbox, queue } = create()
  inbox.receive(hello(0, {}), 0)
  inbox.receive(sent(1), 0)
  expect(inbox.receive(hello(2, { current: message(1), queue: [message(2)] }), 10)).toEqual([])
  expect(queue.state(10).waiting.map(entry => entry.message)).toEqual(['e-2'])
})

test('a snapshot that comes again brings the line that went on the screen meanwhile, and hides what was hidden', () => {
  const { inbox, queue } = create()
  inbox.receive(hello(1, { current: message(1) }), 0)
  const again = inbox.receive(hello(2, { current: message(2), visible: false }), 10_000)
  expect(texts(again)).toEqual(['m2'])
  expect(again).toContainEqual({ type: 'visible', visible: false })
  expect(queue.state(10_000).current?.message).toBe('e-2')
})

test('a box that was hidden while the page was away is hidden when it comes back', () => {
  const { inbox } = create()
  inbox.receive(sent(1), 0)
  const back = hello(1, null)
  if (back.name === 'meta' && back.data.type === 'hello') back.data.stage = { visible: false, paused: false }
  expect(inbox.receive(back, 10)).toContainEqual({ type: 'visible', visible: false })
  expect(inbox.receive(hello(1, null), 20)).toContainEqual({ type: 'visible', visible: true })
})

test('another epoch: what was shown is forgotten', () => {
  const { inbox } = create()
  inbox.receive(sent(9), 0)
  expect(texts(inbox.receive(hello(1, { current: message(1, { id: 'f-1' }) }, true, 'f'), 10))).toEqual([
    '=m1',
  ])
  expect(texts(inbox.receive(sent(2, { id: 'f-2' }), 5000))).toEqual(['m2'])
})

test('deltas append, once each, and the last one ends the message', () => {
  const { inbox, queue } = create()
  inbox.receive(sent(1, { status: 'streaming', data: { message: 'a' } }), 0)
  const delta = (seq: number, text: string): PlayerEvent => ({
    name: 'delta',
    data: { message: 'e-1', seq, text },
  })
  inbox.receive(delta(1, 'b'), 1)
  inbox.receive(delta(1, 'b'), 2)
  inbox.receive(delta(2, '[b'), 3)
  expect(queue.state(4).current?.line.fragments).toEqual([{ text: 'a' }])
  inbox.settle(4)
  expect(queue.state(4).current?.line.fragments).toEqual([{ text: 'ab' }])
  inbox.receive(delta(3, ']c'), 5)
  inbox.settle(5)
  expect(queue.state(6).current?.line.fragments).toEqual([
    { text: 'ab' },
    { text: 'c', style: { bold: true } },
  ])
  expect(queue.state(900).phase).toBe('typing')
  inbox.receive(
    { name: 'delta', data: { message: 'e-1', seq: 4, final: true, data: { message: 'ab[b]c[/b]d' } } },
    10,
  )
  inbox.settle(10)
  expect(queue.state(900)).toMatchObject({ phase: 'complete', current: { open: false } })
  expect(inbox.settle(11)).toEqual([])
})

test('however deltas are grouped into frames, over repeats and reloads the text is whole', () => {
  const part = fc.constantFrom(
    'a',
    '春',
    '[b]',
    '[/b]',
    '[',
    ']',
    '{a|',
    'b}',
    '\\',
    '👩',
    '\u200d',
    '\n',
    ' ',
  )
  const grown = fc.record({ text: part, after: fc.constantFrom('more', 'frame', 'repeat', 'reload') })
  fc.assert(
    fc.property(fc.array(grown, { maxLength: 30 }), fc.boolean(), (steps, isFrame) => {
      let { queue, inbox } = create()
      const opened = sent(1, { status: 'streaming', data: { message: 'x' } })
      inbox.receive(opened, 0)
      const log: PlayerEvent[] = []
      const give = (event: PlayerEvent) => inbox.receive(event, 0)
      for (const [index, { text, after }] of steps.entries()) {
        log.push({ name: 'delta', data: { message: 'e-1', seq: index + 1, text } })
        give(log[index]!)
        if (after === 'frame') inbox.settle(0)
        if (after === 'repeat') for (const event of log) give(event)
        if (after !== 'reload') continue
        const saved = JSON.parse(JSON.stringify(inbox.save(0))) as Saved
        ;({ queue, inbox } = create(saved))
        inbox.begin(0)
        for (const event of [opened, ...log]) give(event)
      }
      const whole = `x${steps.map(({ text }) => text).join('')}`
      if (isFrame) inbox.settle(0)
      give({
        name: 'delta',
        data: { message: 'e-1', seq: steps.length + 1, final: true, data: { message: whole } },
      })
      inbox.settle(0)
      const { current } = queue.state(Number.MAX_SAFE_INTEGER)
      expect(current).toMatchObject({ open: false, line: readMessage({ message: whole })[0]! })
    }),
  )
})

test('what is meant for another label is neither shown nor obeyed', () => {
  const { inbox, queue } = create(null, 'left')
  expect(inbox.receive(sent(1, { label: 'right' }), 0)).toEqual([])
  expect(texts(inbox.receive(sent(2, { label: 'left' }), 0))).toEqual(['m2'])
  expect(inbox.receive({ name: 'control', data: { action: 'clear', label: 'right' } }, 0)).toEqual([])
  expect(queue.state(0).current?.message).toBe('e-2')
})

test('a reload in the middle of a message of several lines goes on with the next one', () => {
  const first = create()
  const lines = sent(3, { data: { message: ['x', 'y', 'z'] } })
  first.inbox.receive(lines, 0)
  first.queue.advance(110)
  first.inbox.receive(sent(4), 115)
  const saved = first.inbox.save(120)!
  expect(saved).toMatchObject({ position: 'e-3', current: { line: 1 } })
  const second = create(saved)
  expect(texts(second.inbox.begin(0))).toEqual(['=y'])
  expect(texts(second.queue.advance(100))).toEqual(['z'])
  expect(second.inbox.receive(lines, 101)).toEqual([])
  second.inbox.receive(sent(4), 101)
  expect(texts(second.queue.advance(210))).toEqual(['m4'])
})

const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('send' as const), lines: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(300) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reload' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repeat' as const), from: fc.nat(10) }) },
)

test('over reloads and repeats each line is typed once, in order', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      let { queue, inbox } = create()
      const log: PlayerEvent[] = []
      const expected: string[] = []
      const typed: string[] = []
      let now = 0
      const note = (effects: Effect[]) => typed.push(...texts(effects).filter(text => !text.startsWith('=')))
      inbox.receive(hello(0, {}), now)
      for (const item of steps) {
        if (item.do === 'send') {
          const lines = Array.from({ length: item.lines }, (_, index) => `${log.length + 1}.${index}`)
          expected.push(...lines)
          log.push(sent(log.length + 1, { data: { message: lines } }))
          note(inbox.receive(log[log.length - 1]!, now))
        } else if (item.do === 'wait') {
          now += item.ms
          note(queue.advance(now))
        } else if (item.do === 'repeat') {
          for (const event of log.slice(item.from)) note(inbox.receive(event, now))
        } else {
          const saved = inbox.save(now)
          ;({ queue, inbox } = create(saved === null ? null : (JSON.parse(JSON.stringify(saved)) as Saved)))
          note(inbox.begin(now))
          const from = saved === null ? 0 : Number(saved.position.split('-')[1])
          for (const event of log.slice(from)) note(inbox.receive(event, now))
        }
      }
      for (let at = queue.wakeAt(); at !== null; at = queue.wakeAt()) {
        now = Math.max(now, at)
        note(queue.advance(now))
      }
      expect(typed).toEqual(expected)
    }),
    { numRuns: 1000 },
  )
})

test('an emote of the line on the screen is back with it after a reload, before the room has told of it', () => {
  const emotes = createEmotes([{ name: 'Smile', url: '/s.png' }])
  const first = create(null, '', emotes)
  first.inbox.receive(hello(0, {}), 0)
  first.inbox.receive(sent(1, { data: { message: 'a :smile:' } }), 1)
  const saved = first.inbox.save(2)
  expect(saved?.emotes).toEqual([{ name: 'Smile', url: '/s.png' }])
  const second = create(saved, '', createEmotes(saved!.emotes))
  second.inbox.begin(3)
  expect(second.queue.state(3).current?.line.fragments).toEqual([{ text: 'a ' }, { emote: 'smile' }])
})

const ordered = (action: ControlAction, number: number, label?: string): PlayerEvent => ({
  name: 'control',
  data: { action, number, ...(label !== undefined && { label }) },
})

test('a control that comes again is not obeyed again, over reloads too', () => {
  const first = create()
  first.inbox.receive(hello(0, {}, false, 'e', 4), 0)
  for (const seq of [1, 2, 3, 4]) first.inbox.receive(sent(seq), 0)
  expect(first.inbox.receive(ordered('next', 4), 1)).toEqual([])
  expect(texts(first.inbox.receive(ordered('next', 5), 2))).toEqual(['m2'])
  expect(first.inbox.receive(ordered('next', 5), 3)).toEqual([])
  const { inbox } = create(first.inbox.save(4))
  expect(texts(inbox.begin(5))).toEqual(['=m2'])
  inbox.receive(hello(4, null, false, 'e', 6), 5)
  for (const seq of [3, 4]) inbox.receive(sent(seq), 5)
  expect(inbox.receive(ordered('next', 5), 6)).toEqual([])
  expect(texts(inbox.receive(ordered('next', 6), 7))).toEqual(['m3'])
})

test('a control for another player counts, and a room that counts anew is followed', () => {
  const { inbox } = create(null, 'left')
  inbox.receive(hello(0, {}, false, 'e', 0), 0)
  for (const seq of [1, 2, 3]) inbox.receive(sent(seq), 0)
  expect(inbox.receive(ordered('next', 7, 'right'), 1)).toEqual([])
  expect(inbox.receive(ordered('next', 7), 1)).toEqual([])
  // Put back from a backup: its next control is its third.
  inbox.receive(hello(3, null, false, 'e', 2), 2)
  expect(texts(inbox.receive(ordered('next', 3), 3))).toEqual(['m2'])
})

test('what is still being written when the screen is cleared is over for this screen, further lines included', () => {
  const { inbox, queue } = create()
  inbox.receive(sent(1, { status: 'streaming', data: { message: 'a' } }), 0)
  inbox.receive({ name: 'delta', data: { message: 'e-1', seq: 1, text: 'b' } }, 10)
  inbox.receive({ name: 'control', data: { action: 'clear' } }, 20)
  const lines = { messages: [{ message: 'ab' }, { message: 'more' }] }
  inbox.receive({ name: 'delta', data: { message: 'e-1', seq: 2, final: true, data: lines } }, 30)
  expect(inbox.settle(30)).toEqual([])
  expect(queue.state(30)).toMatchObject({ current: null, waiting: [] })
  expect(texts(inbox.receive(sent(2), 40))).toEqual(['m2'])
})
