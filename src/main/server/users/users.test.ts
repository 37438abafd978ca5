import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ApiError } from '../errors.ts'
import { openStore, type Store } from '../store/index.ts'
import { createUsers, type UserRecord, type Users } from './users.ts'

let folder: string
let store: Store
let users: Users
let owners: [UserRecord, UserRecord]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'users-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  users = createUsers(store.db, store.freshFor)
  const make = (username: string) => users.create({ username, password: null, role: 'owner' })
  owners = [await make('one'), await make('two')]
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const codesOf = (results: PromiseSettledResult<unknown>[]) =>
  results.map(one => (one.status === 'fulfilled' ? 'ok' : one.reason instanceof ApiError && one.reason.code))

test('two owners who delete each other at the same moment leave one', async () => {
  const results = await Promise.allSettled(owners.map(({ id }) => users.delete(id)))
  expect(codesOf(results)).toEqual(['ok', 'conflict'])
  expect(await users.firstOwner()).toMatchObject({ id: owners[1].id })
})

test('two owners who lower each other at the same moment leave one', async () => {
  const results = await Promise.allSettled(
    owners.map(({ id }) => users.change(id, { role: 'member', password: 'a new password' })),
  )
  expect(codesOf(results).sort()).toEqual(['conflict', 'ok'])
  expect(await users.firstOwner()).not.toBeNull()
})

test('of two accounts that take one name at the same moment the second is told that it is taken', async () => {
  const results = await Promise.allSettled(owners.map(({ id }) => users.change(id, { username: 'both' })))
  expect(codesOf(results)).toEqual(['ok', 'conflict'])
})
