import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ControlAction, HelloEvent } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS, mergeSettings } from '../../../shared/room-defaults.ts'
import { type Appear, createHeldLines } from './held-lines.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

/** Ten letters take a second, each line is held for half of one, and the box hides after three. */
const SETTINGS = mergeSettings(DEFAULT_ROOM_SETTINGS, {
  typewriter: { charMs: 100, commaPauseMs: 0, sentencePauseMs: 0 },
  queue: { holdMs: 500, holdPerCharMs: 0, autoHideMs: 3_000, autoHidePerCharMs: 0 },
})
const ALL = Number.POSITIVE_INFINITY

function messageOf(seq: number, message: unknown, status: Message['status'] = 'complete'): Message {
  const data = { message } as Message['data']
  return { id: `e-${seq}`, room: 'lobby', speaker: '小夜', data, time: 0, meta: null, status }
}

function helloOf(snapshot: HelloEvent['snapshot']): HelloEvent {
  return {
    type: 'hello',
    api: { version: '1.0' },
    subscriber: 's',
    epoch: 'e',
    last: 'e-1',
    room: 'lobby',
    exists: true,
    settings: SETTINGS,
    emotes: [],
    presence: { controllers: 0 },
    stage: { visible: true, paused: false },
    snapshot,
    control: 0,
    reset: false,
    keepAlive: 15_000,
    time: 10_000,
  }
}

const EMPTY = { current: null, currentSince: null, queue: [], visible: true, paused: false }

function open(appear: Appear, snapshot: HelloEvent['snapshot'] = EMPTY, settings: RoomSettings = SETTINGS) {
  const changed: string[][] = []
  const emotes = { has: () => false, usedBy: () => [] }
  const held = createHeldLines('', emotes, messages => changed.push(messages))
  held.configure(settings, appear, performance.now())
  held.receive({ name: 'meta', data: helloOf(snapshot) }, performance.now())
  let number = 0
  return {
    held,
    changed,
    say: (message: Message) => held.receive({ name: 'message', data: message }, performance.now()),
    order: (action: ControlAction) =>
      held.receive({ name: 'control', data: { action, number: ++number } }, performance.now()),
  }
}

test('once it is sent: nothing is held, and nothing is waited for', () => {
  const { held, say } = open('sent')
  say(messageOf(2, 'abcdefghij'))
  say(messageOf(3, 'abcdefghij'))
  expect([held.shownOf('e-2'), held.shownOf('e-3')]).toEqual([ALL, ALL])
  expect(vi.getTimerCount()).toBe(0)
})

test('once it is typed: each line in its turn', () => {
  const { held, changed, say } = open('typed')
  say(messageOf(2, 'abcdefghij'))
  say(messageOf(3, 'abcdefghij'))
  expect([held.shownOf('e-2'), held.shownOf('e-3')]).toEqual([0, 0])
  vi.advanceTimersByTime(900)
  expect(held.shownOf('e-2')).toBe(0)
  vi.advanceTimersByTime(150)
  expect([held.shownOf('e-2'), held.shownOf('e-3')]).toEqual([ALL, 0])
  expect(changed.at(-1)).toEqual(['e-2'])
  vi.advanceTimersByTime(1_550)
  expect(held.shownOf('e-3')).toBe(ALL)
  // Nothing more happens until the next line.
  vi.advanceTimersByTime(10_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('once it has left: the newest is not there until the next, or until the box hides', () => {
  const { held, say, order } = open('left')
  say(messageOf(2, 'abcdefghij'))
  vi.advanceTimersByTime(1_200)
  expect(held.shownOf('e-2')).toBe(0)
  say(messageOf(3, 'ab'))
  order('next')
  expect([held.shownOf('e-2'), held.shownOf('e-3')]).toEqual([ALL, 0])
  vi.advanceTimersByTime(3_300)
  expect(held.shownOf('e-3')).toBe(ALL)
  say(messageOf(4, 'ab'))
  expect(held.shownOf('e-4')).toBe(0)
  order('hide')
  expect(held.shownOf('e-4')).toBe(ALL)
})

test('of a message of several lines those that were typed are there', () => {
  const { held, say } = open('typed')
  say(messageOf(2, ['abcdefghij', 'abcdefghij', 'abcdefghij']))
  expect(held.shownOf('e-2')).toBe(0)
  vi.advanceTimersByTime(1_100)
  expect(held.shownOf('e-2')).toBe(1)
  vi.advanceTimersByTime(1_500)
  expect(held.shownOf('e-2')).toBe(2)
  vi.advanceTimersByTime(1_500)
  expect(held.shownOf('e-2')).toBe(ALL)
})

test('a message that is still being written is held until its end is typed; skipped, cleared and taken back lines are not', () => {
  const { held, say, order } = open('typed')
  say(messageOf(2, 'ab', 'streaming'))
  vi.advanceTimersByTime(5_000)
  expect(held.shownOf('e-2')).toBe(0)
  const final = { message: 'e-2', seq: 1, final: true as const, data: { message: 'abcd' } }
  held.receive({ name: 'delta', data: final }, performance.now())
  vi.advanceTimersByTime(250)
  expect(held.shownOf('e-2')).toBe(ALL)
  say(messageOf(3, 'abcdefghij'))
  vi.advanceTimersByTime(600)
  order('skip')
  expect(held.shownOf('e-3')).toBe(ALL)
  say(messageOf(4, 'abcdefghij'))
  order('clear')
  expect(held.shownOf('e-4')).toBe(ALL)
  say(messageOf(5, 'abcdefghij'))
  held.receive({ name: 'retract', data: { message: 'e-5' } }, performance.now())
  expect(held.shownOf('e-5')).toBe(ALL)
})

test('a page that is opened meanwhile finds what stands and what waits; a change of the setting counts at once', () => {
  const snapshot = {
    ...EMPTY,
    current: messageOf(1, 'old'),
    currentSince: 9_900,
    queue: [messageOf(2, 'new')],
  }
  const { held, changed } = open('left', snapshot)
  expect([held.shownOf('e-1'), held.shownOf('e-2')]).toEqual([0, 0])
  held.configure(SETTINGS, 'typed', performance.now())
  expect([held.shownOf('e-1'), held.shownOf('e-2')]).toEqual([ALL, 0])
  held.configure(SETTINGS, 'sent', performance.now())
  expect(held.shownOf('e-2')).toBe(ALL)
  expect(changed.at(-1)).toEqual(['e-2'])
  // Long after, the box has hidden itself: its line is read.
  const late = open('left', { ...snapshot, currentSince: 0, queue: [] })
  expect(late.held.shownOf('e-1')).toBe(ALL)
})
