import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { restoreBackup } from '../../src/main/server/backup/restore.ts'
import { writeBackup } from '../../src/main/server/backup/write.ts'
import { ApiError } from '../../src/main/server/errors.ts'
import { createMessages, createRoomLog } from '../../src/main/server/messages/index.ts'
import { createRooms } from '../../src/main/server/rooms/index.ts'
import { openStore, type Store } from '../../src/main/server/store/index.ts'
import { anyText } from '../support/any-text.ts'

/**
 * Backup files that are whole as files and wrong inside: each is restored to data that the server can read, or refused in
 * words with everything as it was. FUZZ_RUNS for longer runs; what once failed stays in `examples`.
 */
const RUNS = Number(process.env.FUZZ_RUNS ?? 150)

let folder: string
let store: Store
let lines: string[]
let good: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-fuzz-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  const rooms = await createRooms(store.db)
  const log = createRoomLog(store.db, () => 0)
  const messages = createMessages(store.db, log, () => {})
  const room = await rooms.create({ id: 'stage', name: '舞台', ownerId: null })
  for (let i = 0; i < 5; i++)
    await messages.publish(room, { speaker: '小明', data: { message: `第 ${i} 句` } })
  await messages.retract(room, (await messages.history(room, { limit: 1 })).messages[0]!.id)
  good = await buffer(writeBackup(store.db, '1.0.0'))
  lines = gunzipSync(good).toString().trimEnd().split('\n')
})
afterAll(async () => {
  await store.close()
  await rm(folder, { recursive: true })
})

const restore = (bytes: Buffer) => restoreBackup(store.db, Readable.from([bytes]))

/** Everything that a server reads when it starts and a controller asks for. */
async function readEverything(): Promise<unknown> {
  const rooms = await createRooms(store.db)
  const messages = createMessages(
    store.db,
    createRoomLog(store.db, () => 0),
    () => {},
  )
  const all: unknown[] = [(await rooms.default()).id]
  for (const room of await rooms.list()) {
    const { epoch: _, ...rest } = room
    const { messages: page } = await messages.history(room, { limit: 500 })
    all.push([rest, page.map(({ id: _, ...message }) => message)])
  }
  return all
}

type Change =
  | { type: 'drop'; line: number }
  | { type: 'twice'; line: number }
  | { type: 'cut'; line: number }
  | { type: 'swap'; line: number; with: number }
  | { type: 'cell'; line: number; column: number; value: unknown }
  | { type: 'text'; line: number; text: string }

const line = fc.nat({ max: 200 })
const value = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 'x', '{', '{}', '[]', 'null', 0, -1, 1.5, 2 ** 53, 1e308, {}, []),
  fc.constantFrom<unknown>({ base64: 'AAAA' }, { base64: '!' }, 'lobby', 'a'.repeat(2_000), '\0', '\ud800'),
  fc.jsonValue(),
)
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ type: fc.constantFrom('drop' as const, 'twice' as const, 'cut' as const), line }),
  fc.record({ type: fc.constant('swap' as const), line, with: line }),
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('cell' as const), line, column: fc.nat({ max: 30 }), value }),
  },
  fc.record({ type: fc.constant('text' as const), line, text: anyText({ maxLength: 40 }) }),
)

/** @returns the file with the changes made; its end says again how many rows there are, so that they are looked at. */
function withChanges(changes: readonly Change[]): Buffer {
  const [head, ...rows] = lines.slice(0, -1)
  const file = [head!, ...rows]
  for (const one of changes) {
    const at = one.line % file.length
    const text = file[at]!
    if (one.type === 'drop') file.splice(at, 1)
    else if (one.type === 'twice') file.splice(at, 0, text)
    else if (one.type === 'cut') file[at] = text.slice(0, text.length / 2)
    else if (one.type === 'swap') {
      const other = one.with % file.length
      file[at] = file[other]!
      file[other] = text
    } else if (one.type === 'text') file[at] = one.text.replaceAll('\n', '')
    else file[at] = withCell(text, one.column, one.value)
    if (file.length === 0) break
  }
  return gzipSync(`${[...file, JSON.stringify({ rows: file.length - 1 })].join('\n')}\n`)
}

function withCell(text: string, column: number, value: unknown): string {
  try {
    const parsed = JSON.parse(text)
    const cells = parsed.row ?? parsed
    const names = Object.keys(cells)
    cells[names[column % names.length]!] = value
    return JSON.stringify(parsed)
  } catch {
    return text
  }
}

test('whatever a backup holds, it is restored to data that can be read, or refused in words with nothing changed', async () => {
  await restore(good)
  const before = await readEverything()
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async changes => {
      try {
        await restore(withChanges(changes))
      } catch (error) {
        expect(error).toBeInstanceOf(ApiError)
        expect((error as ApiError).message).toMatch(/^this backup can’t be used: /)
        expect(await readEverything()).toEqual(before)
        refused++
        return
      }
      await readEverything()
      await restore(good)
    }),
    {
      numRuns: Math.ceil(RUNS / 3),
      // What once failed.
      examples: [
        [[{ type: 'cell', line: 9, column: 0, value: null }]],
        [[{ type: 'twice', line: 1 }]],
        ...Array.from({ length: 16 }, (_, column): [Change[]] => [
          [
            {
              type: 'cell',
              line: lines.findIndex(text => text.includes('"table":"rooms"')),
              column,
              value: '{',
            },
          ],
        ]),
      ],
    },
  )
  expect(refused).toBeGreaterThan(0)
})
