import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ASSET_NAMES, type AssetType } from '../../../shared/asset.ts'
import type { ThemeInput } from '../../../shared/theme.ts'
import { openStore, type Store } from '../store/index.ts'
import { createThemes, type Themes } from './themes.ts'

let folder: string
let store: Store
let themes: Themes
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'themes-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
  const types = Object.keys(ASSET_NAMES) as AssetType[]
  themes = createThemes({
    db: store.db,
    builtIn: new Map(),
    limits: { themeBytes: 1_000_000, types },
    changed() {},
  })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const theme = (id: string, more: Partial<ThemeInput> = {}): ThemeInput => ({
  manifest: {
    id,
    name: { en: id, zh: id, ja: id },
    layout: 'dialogue',
    tokens: [],
    variants: [{ id: 'one', label: { en: 'One', zh: '一', ja: '一' }, values: {} }],
  },
  css: '',
  assets: {},
  ...more,
})

test('changes of one theme at once have versions of their own', async () => {
  await themes.create('', theme('twice'))
  const changes = await Promise.all([1, 2, 3].map(() => themes.replace('', 'twice', theme('twice'))))
  expect(changes.map(change => change.theme.version).sort()).toEqual([2, 3, 4])
})

test('of two owners who make a theme of one id at once, one has it and the other is told', async () => {
  const made = await Promise.allSettled(['a', 'b'].map(owner => themes.create(owner, theme('same'))))
  expect(made.map(one => one.status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a theme that is deleted and made anew shows its new picture where browsers keep the old one', async () => {
  const css = '.sm-box { background: url("asset:back.png") }'
  const addresses: (string | undefined)[] = []
  for (const content of ['AAAA', 'BBBB']) {
    await themes.create(
      '',
      theme('again', { css, assets: { 'back.png': `data:image/png;base64,${content}` } }),
    )
    addresses.push(/assets\/back\.png\?v=\w+/.exec((await themes.forPlayer('again')).css)?.[0])
    await themes.remove('', 'again')
  }
  expect(addresses[0]).toBeDefined()
  expect(addresses[1]).toBeDefined()
  expect(addresses[0]).not.toBe(addresses[1])
})
