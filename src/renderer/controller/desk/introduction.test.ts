import { expect, test } from 'vitest'
import type { HelloEvent, PlayerInfo } from '../../../shared/events.ts'
import type { Message } from '../../../shared/message.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import { createIntroduction } from './introduction.ts'

const message = (id: string): Message => ({
  id,
  room: 'lobby',
  speaker: '',
  data: { message: id },
  time: 0,
  meta: null,
  status: 'complete',
})
const hello: HelloEvent = {
  type: 'hello',
  api: { version: '1' },
  subscriber: 's',
  epoch: 'e',
  last: 'e-1',
  room: 'lobby',
  exists: true,
  emotes: [],
  stage: { visible: true, paused: false },
  settings: DEFAULT_ROOM_SETTINGS,
  presence: { controllers: 1 },
  snapshot: { current: message('e-1'), currentSince: 5, queue: [], visible: true, paused: false },
  control: 0,
  reset: true,
  keepAlive: 15_000,
  time: 0,
}

function setUp() {
  const messages: Message[] = []
  const players: PlayerInfo[] = []
  const introduction = createIntroduction({
    settings: () => ({ ...DEFAULT_ROOM_SETTINGS, longText: 'page' }),
    messages: () => messages,
    players: () => players,
    visible: () => true,
    paused: () => false,
  })
  const told = () => {
    const [first, ...others] = introduction.events()
    if (first?.name !== 'meta' || first.data.type !== 'hello') return null
    return { hello: first.data, others }
  }
  const say = (id: string) => {
    messages.push(message(id))
    introduction.handle({ name: 'message', data: message(id) })
  }
  const player = (showing: string, shownLine: number, over: Partial<PlayerInfo> = {}) =>
    players.push({ place: 'obs', label: '', report: { showing, shownLine }, ...over } as PlayerInfo)
  return { introduction, told, say, messages, player }
}

test('before the stream has begun there is nothing to tell', () => {
  expect(setUp().introduction.events()).toEqual([])
})

test('who comes right after hello hears its snapshot, with the settings of now', () => {
  const { introduction, told } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  expect(told()!.hello).toMatchObject({
    snapshot: hello.snapshot,
    reset: false,
    settings: { longText: 'page' },
  })
})

test('who comes later sees the newest line, and none once the screen was cleared', () => {
  const { introduction, told, say } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  introduction.handle({ name: 'meta', data: { type: 'speakers', speakers: [] } })
  say('e-2')
  expect(told()!.hello).toMatchObject({ last: 'e-2', snapshot: { current: { id: 'e-2' } } })
  expect(told()!.others).toEqual([{ name: 'meta', data: { type: 'speakers', speakers: [] } }])
  introduction.handle({ name: 'control', data: { action: 'clear' } })
  expect(told()!.hello.snapshot).toMatchObject({ current: null })
  say('e-3')
  expect(told()!.hello.snapshot).toMatchObject({ current: { id: 'e-3' } })
})

test('who comes in the middle of a message goes on where the players are, with what waits behind it', () => {
  const { introduction, told, say, player } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  say('e-2')
  say('e-3')
  say('e-4')
  player('e-2', 0)
  player('e-3', 0)
  player('e-3', 1)
  player('e-3', 0)
  // Neither the preview itself nor a window for other lines is the audience.
  player('e-4', 5, { place: 'preview' })
  player('e-4', 5, { label: 'side' })
  expect(told()!.hello.snapshot).toMatchObject({
    current: { id: 'e-3' },
    currentLine: 1,
    queue: [{ id: 'e-4' }],
  })
  expect(told()!.hello.last).toBe('e-4')
})

test('after a stream that only went on, the screen is as it was', () => {
  const { introduction, told, say } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  say('e-2')
  introduction.handle({ name: 'meta', data: { ...hello, snapshot: null, reset: false } })
  expect(told()!.hello.snapshot).toMatchObject({ current: { id: 'e-2' } })
})

test('a line that is taken back after the screen was cleared does not bring an older one back', () => {
  const { introduction, told, say, messages } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  say('e-2')
  say('e-3')
  introduction.handle({ name: 'control', data: { action: 'clear' } })
  say('e-4')
  messages.pop()
  introduction.handle({ name: 'retract', data: { message: 'e-4' } })
  expect(told()!.hello.snapshot).toMatchObject({ current: null, queue: [] })
})

test('what is for other windows is neither shown nor waited for', () => {
  const { introduction, told, say, messages } = setUp()
  introduction.handle({ name: 'meta', data: hello })
  say('e-2')
  messages.push({ ...message('e-3'), label: 'side' })
  expect(told()!.hello.snapshot).toMatchObject({ current: { id: 'e-2' }, queue: [] })
})
