import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Request } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RouteContext } from '../http/route.ts'
import { roomRoutes } from '../rooms/index.ts'
import { createRooms } from '../rooms/rooms.ts'
import { openStore, type Store } from '../store/index.ts'
import { createTokens } from '../tokens/tokens.ts'

/** What is counted before it is taken up, against requests that come in one turn of the event loop. */

let folder: string
let store: Store
const member = 'm'
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'at-once-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  await store.db
    .insertInto('users')
    .values({
      id: member,
      username: 'yuki',
      username_key: 'yuki',
      role: 'member',
      password_hash: null,
      created_at: 0,
      last_login_at: null,
    })
    .execute()
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

async function countMade(make: (index: number) => unknown): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: 110 }, async (_, index) => make(index)))
  for (const answer of answers)
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'conflict' })
  return answers.filter(answer => answer.status === 'fulfilled').length
}

test('an account has no more tokens than it may', async () => {
  const tokens = createTokens(store.db, Number.POSITIVE_INFINITY, () => {})
  const wish = { scopes: ['read' as const], rooms: null, expiresAt: null }
  expect(await countMade(index => tokens.create(member, { ...wish, name: `bot ${index}` }))).toBe(100)
  await tokens.close()
})

test('nor more rooms', async () => {
  const rooms = await createRooms(store.db)
  const routes = roomRoutes({
    audit: { record() {} } as never,
    auth: { mayUse: async () => true } as never,
    control: async () => 0,
    live: () => 0,
    rooms,
    serverOwner: async () => null,
  })
  const create = routes.find(({ method, path }) => method === 'post' && path === '/api/v1/rooms')!
  const principal = { role: 'member', userId: member, rooms: null }
  const req = { ip: '', get: () => undefined } as unknown as Request
  const made = (index: number) =>
    create.handle({ req, body: { id: `yuki${index}` }, principal } as unknown as RouteContext<
      unknown,
      unknown,
      unknown
    >)
  expect(await countMade(made)).toBe(100)
})
