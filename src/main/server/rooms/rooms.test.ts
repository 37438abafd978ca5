import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../store/index.ts'
import { createRooms, type RoomChangeKind, type Rooms } from './rooms.ts'

let dataDir: string
let store: Store
/** Two servers of one database. */
let here: Rooms
let there: Rooms
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'streaming-message-'))
  store = await openStore({ dataDir, databaseUrl: undefined })
  here = await createRooms(store.db)
  there = await createRooms(store.db)
})
afterEach(async () => {
  await store.close()
  await rm(dataDir, { recursive: true })
})

/** What listeners here are told when word comes from there. */
async function told(id: string, kind: RoomChangeKind): Promise<string[]> {
  const heard: string[] = []
  here.on({
    created: room => void heard.push(`created ${room.epoch}`),
    changed: room => void heard.push(`changed ${room.version}`),
    deleted: room => void heard.push(`deleted ${room.epoch}`),
  })
  ;(await here.changedElsewhere(id, kind))()
  return heard
}

test('a room that another server deleted and made anew is another, whatever word of it got lost', async () => {
  for (const [index, kind] of (['changed', 'created', 'deleted'] as const).entries()) {
    const id = `room${index}`
    const old = await there.create({ id, ownerId: null })
    expect(await here.get(id)).toEqual(old)
    await there.delete(id)
    const fresh = await there.create({ id, ownerId: null })
    const held = (await here.versions()).find(row => row.id === id)
    expect(held).toMatchObject({ version: old.version, epoch: fresh.epoch })
    expect(await told(id, kind)).toEqual([`deleted ${old.epoch}`, `created ${fresh.epoch}`])
    expect(await here.get(id)).toEqual(fresh)
  }
})

test('a room that another server made, changed and deleted is told of as that', async () => {
  const made = await there.create({ id: 'stage', ownerId: null })
  expect(await told('stage', 'created')).toEqual([`created ${made.epoch}`])
  await there.change('stage', { name: 'Stage' })
  expect(await told('stage', 'changed')).toContain('changed 2')
  await there.delete('stage')
  expect(await told('stage', 'deleted')).toContain(`deleted ${made.epoch}`)
})

test('a room that another server has made the default is not deleted, and keeps its history', async () => {
  const { id, epoch } = await here.create({ id: 'stage', ownerId: null })
  await there.makeDefault(id)
  await expect(here.delete(id)).rejects.toMatchObject({ code: 'conflict' })
  expect(await here.get(id)).toMatchObject({ epoch, isDefault: true })
})
