import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createMessages, createRoomLog } from '../messages/index.ts'
import { createRooms } from '../rooms/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

let store: Store
let dir: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'backup-'))
  store = await openStore({ dataDir: dir, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  await rm(dir, { recursive: true })
})

async function fill() {
  const rooms = await createRooms(store.db)
  const messages = createMessages(
    store.db,
    createRoomLog(store.db, () => 0),
    () => {},
  )
  const room = await rooms.create({ id: 'stage', name: '舞台', ownerId: null })
  await rooms.change('stage', { settings: { look: { theme: 'glass' } } })
  // At once: one transaction for all.
  await Promise.all(
    Array.from({ length: 450 }, (_, i) =>
      messages.publish(room, { speaker: '小明', data: { message: `第 ${i} 句 "\\\n\u2028` } }),
    ),
  )
}

const backup = () => buffer(writeBackup(store.db, '1.0.0'))
const restore = (bytes: Buffer) => restoreBackup(store.db, Readable.from([bytes]))
const everything = async () => ({
  rooms: await store.db.selectFrom('rooms').selectAll().orderBy('id').execute(),
  messages: await store.db.selectFrom('messages').selectAll().orderBy('seq').execute(),
})

test('a backup brings everything back, with a new epoch for each room', async () => {
  await fill()
  const before = await everything()
  const bytes = await backup()
  await store.db.deleteFrom('messages').where('seq', '>', 10).execute()
  await store.db.updateTable('rooms').set({ name: 'changed' }).execute()
  await restore(bytes)
  const after = await everything()
  expect(after.messages).toEqual(before.messages)
  expect(after.rooms.map(({ epoch: _, ...rest }) => rest)).toEqual(
    before.rooms.map(({ epoch: _, ...rest }) => rest),
  )
  for (const [index, room] of after.rooms.entries()) expect(room.epoch).not.toBe(before.rooms[index]!.epoch)
})

test('a file that is cut short or damaged anywhere changes nothing', async () => {
  await fill()
  const bytes = await backup()
  const text = readsAs(bytes)
  const before = await everything()
  await fc.assert(
    fc.asyncProperty(
      fc.nat(bytes.length - 1),
      fc.boolean(),
      fc.integer({ min: 1, max: 255 }),
      async (at, cut, flip) => {
        const damaged = cut ? bytes.subarray(0, at) : Buffer.from(bytes)
        if (!cut) damaged[at]! ^= flip
        // Some bits carry nothing: gzip's padding. Then the text is whole, and so is what is restored.
        if (readsAs(damaged) === text) return
        await expect(restore(damaged)).rejects.toThrow(/can’t be used/)
      },
    ),
    { numRuns: 60 },
  )
  expect(await everything()).toEqual(before)
})

/** @returns null where gzip itself finds the damage. */
function readsAs(bytes: Buffer): string | null {
  try {
    return gunzipSync(bytes).toString()
  } catch {
    return null
  }
}

/** The backup with its lines changed. */
async function edited(edit: (lines: string[]) => string[]): Promise<Buffer> {
  const lines = gunzipSync(await backup())
    .toString()
    .trimEnd()
    .split('\n')
  return gzipSync(`${edit(lines).join('\n')}\n`)
}

test.each<[string, (lines: string[]) => string[], RegExp]>([
  ['is something else', () => ['{"hello":1}'], /not a backup/],
  ['is empty', () => [], /not a backup|empty/],
  [
    'is of a newer format',
    lines => [lines[0]!.replace('"version":1', '"version":9'), ...lines.slice(1)],
    /newer version/,
  ],
  [
    'has a newer schema',
    lines => [lines[0]!.replace(/"schema":"[^"]*"/, '"schema":"9999-x"'), ...lines.slice(1)],
    /newer version/,
  ],
  ['names an unknown table', lines => lines.toSpliced(1, 0, '{"table":"secrets","row":{}}'), /"secrets"/],
  ['names an unknown column', lines => lines.toSpliced(1, 0, '{"table":"rooms","row":{"evil":1}}'), /"evil"/],
  ['lacks a line', lines => lines.toSpliced(1, 1), /missing/],
  ['lacks its end', lines => lines.slice(0, -1), /cut short/],
  ['has a line twice', lines => [...lines.slice(0, -1), lines[1]!, lines.at(-1)!], /missing/],
])('a file that %s is refused in words, and changes nothing', async (_what, edit, message) => {
  await fill()
  const bytes = await edited(edit)
  const before = await everything()
  await expect(restore(bytes)).rejects.toThrow(message)
  expect(await everything()).toEqual(before)
})

test('rows that the database refuses leave everything as it was', async () => {
  await fill()
  const bytes = await edited(lines => {
    const twice = [...lines.slice(0, -1), lines[1]!]
    return [...twice, JSON.stringify({ rows: twice.length - 1 })]
  })
  const before = await everything()
  await expect(restore(bytes)).rejects.toThrow(/contradict/)
  expect(await everything()).toEqual(before)
})
