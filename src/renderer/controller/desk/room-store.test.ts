import { expect, test } from 'vitest'
import type { Room, RoomSettingsPatch } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS, mergeSettings } from '../../../shared/room-defaults.ts'
import type { Failure, Result } from '../api/request.ts'
import type { RoomChange } from '../api/rooms.ts'
import { createRoomStore, joinPatches } from './room-store.ts'

/** A server that holds one room and refuses changes made on an older version. */
function roomServer() {
  let room: Room = {
    id: 'lobby',
    name: 'lobby',
    owner: null,
    isDefault: true,
    access: 'open',
    settings: DEFAULT_ROOM_SETTINGS,
    version: 1,
    createdAt: 0,
    may: ['publish', 'read', 'manage'],
  }
  const sent: RoomChange[] = []
  let failure: Failure | null = null
  function change(patch: RoomSettingsPatch): void {
    room = { ...room, settings: mergeSettings(room.settings, patch), version: room.version + 1 }
  }
  return {
    sent,
    change,
    room: () => room,
    fail: (next: Failure | null) => {
      failure = next
    },
    get: async (): Promise<Result<{ room: Room }>> => ({ ok: true, value: { room } }),
    send: async (wanted: RoomChange): Promise<Result<{ room: Room }>> => {
      if (failure) return { ok: false, failure }
      sent.push(wanted)
      if (wanted.version !== undefined && wanted.version !== room.version)
        return { ok: false, failure: { reason: 'conflict', status: 409, message: '' } }
      change(wanted.settings ?? {})
      return { ok: true, value: { room } }
    },
  }
}

const settle = () => new Promise(resolve => setTimeout(resolve))

async function setUp() {
  const server = roomServer()
  const timers: (() => void)[] = []
  const store = createRoomStore({ get: server.get, send: server.send, later: run => void timers.push(run) })
  await store.load()
  const tick = async () => {
    for (const run of timers.splice(0)) run()
    await settle()
  }
  return { server, store, tick, timers }
}

test('a change is seen at once, and changes close together go out as one', async () => {
  const { server, store, tick } = await setUp()
  store.change({ look: { scale: 1.1 } })
  store.change({ look: { scale: 1.2 }, showTyping: true })
  expect(store.store.getState()).toMatchObject({
    saving: true,
    settings: { look: { scale: 1.2 }, showTyping: true },
  })
  await tick()
  expect(server.sent).toEqual([{ settings: { look: { scale: 1.2 }, showTyping: true }, version: 1 }])
  expect(store.store.getState().saving).toBe(false)
})

test('while one change is on its way the next waits for its version', async () => {
  const { server, store, tick } = await setUp()
  store.change({ longText: 'scroll' })
  const first = tick()
  store.change({ longText: 'page' })
  await first
  await tick()
  expect(server.sent.map(change => change.version)).toEqual([1, 2])
  expect(server.room().settings.longText).toBe('page')
})

test('a change of another controller arrives without losing our own that is not sent yet', async () => {
  const { server, store } = await setUp()
  store.change({ showTyping: true })
  server.change({ longText: 'page' })
  const { settings, version, name } = server.room()
  store.handle({ name: 'meta', data: { type: 'settings', settings, version, name } })
  expect(store.store.getState().settings).toMatchObject({ longText: 'page', showTyping: true })
})

test('two that change at once: ours is shown as a conflict, and either may stand', async () => {
  for (const whose of ['mine', 'theirs'] as const) {
    const { server, store, tick } = await setUp()
    server.change({ longText: 'page' })
    store.change({ longText: 'scroll' })
    await tick()
    expect(store.store.getState()).toMatchObject({
      conflict: { longText: 'scroll' },
      settings: { longText: 'page' },
    })
    store.resolveConflict(whose)
    await tick()
    expect(store.store.getState().conflict).toBeNull()
    expect(server.room().settings.longText).toBe(whose === 'mine' ? 'scroll' : 'page')
  }
})

test('a change that found nobody there is not said to be saved, and goes out when it is tried again', async () => {
  const { server, store, tick } = await setUp()
  server.fail({ reason: 'offline', status: 0, message: '' })
  store.change({ longText: 'page' })
  await tick()
  expect(store.store.getState()).toMatchObject({ saving: true, problem: { reason: 'offline' } })
  server.fail(null)
  await tick()
  expect(server.sent.map(change => change.settings)).toEqual([{ longText: 'page' }])
  expect(store.store.getState()).toMatchObject({
    saving: false,
    problem: null,
    settings: { longText: 'page' },
  })
})

test('a change made before the room is known goes out with it', async () => {
  const server = roomServer()
  const timers: (() => void)[] = []
  const store = createRoomStore({ get: server.get, send: server.send, later: run => void timers.push(run) })
  store.change({ longText: 'page' })
  for (const run of timers.splice(0)) run()
  await store.load()
  for (const run of timers.splice(0)) run()
  await settle()
  expect(server.room().settings.longText).toBe('page')
})

test('a change that is refused for good is taken back, and does not hold up those after it', async () => {
  const { server, store, tick } = await setUp()
  server.fail({ reason: 'invalid-input', status: 400, message: 'no such theme' })
  store.change({ look: { theme: 'gone' } })
  await tick()
  expect(store.store.getState()).toMatchObject({
    saving: false,
    problem: { message: 'no such theme' },
    settings: { look: { theme: DEFAULT_ROOM_SETTINGS.look.theme } },
  })
  server.fail(null)
  store.change({ longText: 'page' })
  await tick()
  expect(server.sent.map(change => change.settings)).toEqual([{ longText: 'page' }])
  expect(store.store.getState()).toMatchObject({ saving: false, problem: null })
})

test('a room that is left sends what was gathered, and tries no more', async () => {
  const { server, store, tick, timers } = await setUp()
  store.change({ longText: 'page' })
  store.stop()
  await tick()
  expect(server.room().settings.longText).toBe('page')
  server.fail({ reason: 'offline', status: 0, message: '' })
  store.change({ longText: 'scroll' })
  store.stop()
  await tick()
  expect(timers).toEqual([])
})

test('a second change that meets a newer version before the first is decided joins it: none is lost', async () => {
  const { server, store, tick } = await setUp()
  server.change({ longText: 'page' })
  store.change({ longText: 'scroll' })
  await tick()
  server.change({ showTyping: true })
  store.change({ look: { scale: 2 } })
  await tick()
  expect(store.store.getState().conflict).toEqual({ longText: 'scroll', look: { scale: 2 } })
  store.resolveConflict('mine')
  await tick()
  expect(server.room().settings).toMatchObject({ longText: 'scroll', look: { scale: 2 } })
})

test('patches join key by key, and tokens stand whole', () => {
  expect(
    joinPatches(
      { look: { theme: 'novel', tokens: { a: '1' } }, sound: { typing: { volume: 0.1, enabled: true } } },
      { look: { tokens: { b: '2' } }, sound: { typing: { volume: 0.2 }, line: { enabled: true } } },
    ),
  ).toEqual({
    look: { theme: 'novel', tokens: { b: '2' } },
    sound: { typing: { volume: 0.2, enabled: true }, line: { enabled: true } },
  })
})

test('what was changed while another change was on its way goes out though the room is left', async () => {
  const server = roomServer()
  const timers: (() => void)[] = []
  const answers: (() => void)[] = []
  const store = createRoomStore({
    get: server.get,
    send: wanted => new Promise(resolve => answers.push(() => resolve(server.send(wanted)))),
    later: run => void timers.push(run),
  })
  await store.load()
  const tick = () => {
    for (const run of timers.splice(0)) run()
  }
  store.change({ look: { theme: 'glass' } })
  tick()
  store.change({ look: { scale: 2 } })
  store.stop()
  tick()
  answers.shift()!()
  await settle()
  answers.shift()?.()
  await settle()
  expect(server.room().settings.look).toMatchObject({ theme: 'glass', scale: 2 })
})

test('mine, in a conflict, is what was set last: not what stood there when it was asked', async () => {
  const { server, store, tick } = await setUp()
  server.change({ longText: 'page' })
  store.change({ longText: 'scroll', showTyping: true })
  await tick()
  store.change({ longText: 'fit' })
  await tick()
  const { resolveConflict } = store
  resolveConflict('mine')
  await tick()
  expect(server.room().settings).toMatchObject({ longText: 'fit', showTyping: true })
})
