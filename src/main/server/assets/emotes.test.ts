import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { environment } from '../config.ts'
import { ApiError } from '../errors.ts'
import { readLimits } from '../limits/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { createAssets } from './assets.ts'
import { createEmotes } from './emotes.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'emotes-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

test('of two emotes that take one name at the same moment the second is told that it is taken', async () => {
  const { db } = store
  const assets = createAssets(db, readLimits(environment.parse({})).uploads)
  const emotes = createEmotes({ db, assets, changed() {} })
  const picture = Buffer.from('GIF89a')
  const made = [await emotes.add('', 'one', picture), await emotes.add('', 'two', picture)]
  const results = await Promise.allSettled(made.map(({ id }) => emotes.rename('', id, 'both')))
  const refused = results.flatMap(one => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toEqual([expect.any(ApiError)])
  expect(refused[0]).toMatchObject({ code: 'conflict' })
})
