import { expect, test } from 'vitest'
import type { HelloEvent } from '../../../shared/events.ts'
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
  const introduction = createIntroduction({
    settings: () => ({ ...DEFAULT_ROOM_SETTINGS, longText: 'page' }),
    newest: () => messages.at(-1),
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
  return { introduction, told, say }
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
