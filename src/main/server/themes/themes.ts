import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { AssetType } from '../../../shared/asset.ts'
import {
  BUILT_IN_THEMES,
  type PlayerTheme,
  THEME_FILE_VERSION,
  type ThemeFile,
  type ThemeInput,
  type ThemeManifest,
  type ThemeSummary,
  themeManifest,
} from '../../../shared/theme.ts'
import { themeStylesheet, tokenValue } from '../../../shared/theme-css.ts'
import { ApiError } from '../errors.ts'
import { checkKind, createTurns, type ServerLimits, tooLarge } from '../limits/index.ts'
import type { Database, Tables } from '../store/index.ts'
import type { BuiltInThemeFiles } from './built-in.ts'
import { safeCss } from './safe-css.ts'

/** A theme with everything in it. */
export interface Theme extends ThemeSummary {
  css: string
  assets: Record<string, string>
}

/** A theme that was stored, and what of it players will not be given. */
export interface StoredTheme {
  theme: Theme
  problems: string[]
}

export interface Themes {
  /** The app's, then the owner's and those of the server's owner. */
  list(owner: string): Promise<ThemeSummary[]>
  /** @throws ApiError `not-found`. */
  read(id: string): Promise<Theme>
  /** @throws ApiError `conflict` where the id is taken. */
  create(owner: string, input: ThemeInput): Promise<StoredTheme>
  /** @throws ApiError `not-found` where it is not the owner's. */
  replace(owner: string, id: string, input: ThemeInput): Promise<StoredTheme>
  /** Takes the place of the owner's theme of the same id; finds another id where somebody else has it. */
  import(owner: string, file: ThemeFile): Promise<StoredTheme>
  /** A built-in theme comes out as one that is based on it. */
  export(id: string): Promise<ThemeFile>
  remove(owner: string, id: string): Promise<void>
  /** For the page; its CSS is safe. @throws ApiError `not-found`. */
  forPlayer(id: string): Promise<PlayerTheme>
  asset(id: string, name: string): Promise<{ type: string; content: Buffer }>
}

const MAX_THEMES = 200

export interface ThemesOptions {
  db: Database
  builtIn: ReadonlyMap<string, BuiltInThemeFiles>
  limits: Pick<ServerLimits['uploads'], 'themeBytes' | 'types'>
  /** Told after each change; version 0: it is gone. */
  changed(id: string, version: number): void
}

export function createThemes({ db, builtIn, limits, changed }: ThemesOptions): Themes {
  /** What players are given, by id: made once a version. */
  const ready = new Map<string, PlayerTheme>()
  const inTurn = createTurns()

  async function find(id: string): Promise<Selectable<Tables['themes']> | undefined> {
    return db.selectFrom('themes').selectAll().where('id', '=', id).executeTakeFirst()
  }

  const notOwn = (id: string) => new ApiError('not-found', `you have no theme "${id}"`)

  async function read(id: string): Promise<Theme> {
    const files = builtIn.get(id)
    if (files) return { ...files, assets: {}, builtIn: true, version: 0 }
    const row = await find(id)
    if (!row) throw new ApiError('not-found', `there is no theme "${id}"`)
    return fromRow(row)
  }

  function columnsOf({ manifest, css, assets }: ThemeInput) {
    checkAssets(assets, limits)
    return { manifest: JSON.stringify(manifest), css, assets: JSON.stringify(assets) }
  }

  function stored({ manifest, css, assets }: ThemeInput, version: number): StoredTheme {
    const theme: Theme = { manifest, css, assets, builtIn: false, version }
    const { problems } = dress(theme)
    ready.delete(manifest.id)
    changed(manifest.id, version)
    return { theme, problems }
  }

  /** @returns null where the id is taken. */
  async function insert(owner: string, input: ThemeInput): Promise<StoredTheme | null> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('themes')
      .values({ id: input.manifest.id, owner, ...columnsOf(input), version: 1 })
      .onConflict(conflict => conflict.column('id').doNothing())
      .executeTakeFirstOrThrow()
    return numInsertedOrUpdatedRows === 0n ? null : stored(input, 1)
  }

  /** The database counts the version, so that of two changes at once each has its own. @returns null where it is not the owner's. */
  async function update(owner: string, input: ThemeInput): Promise<StoredTheme | null> {
    const row = await db
      .updateTable('themes')
      .set(eb => ({ ...columnsOf(input), version: eb('version', '+', 1) }))
      .where('id', '=', input.manifest.id)
      .where('owner', '=', owner)
      .returning('version')
      .executeTakeFirst()
    return row ? stored(input, row.version) : null
  }

  /** The sheet of a theme that did not come with the app, and what of it was left out. */
  function dress({ manifest, css, assets }: ThemeInput): { css: string; problems: string[] } {
    const safe = safeCss(css, {
      theme: manifest.id,
      assetUrl: name =>
        Object.hasOwn(assets, name)
          ? `/api/v1/themes/${manifest.id}/assets/${encodeURIComponent(name)}?v=${hashOf(assets[name]!)}`
          : null,
    })
    const base = manifest.base ? (builtIn.get(manifest.base)?.manifest.tokens ?? []) : []
    const own = new Set(manifest.tokens.map(token => token.name))
    const tokens = [...base.filter(token => !own.has(token.name)), ...manifest.tokens]
    const problems = [...safe.problems, ...wrongValues(manifest, tokens)]
    return { css: themeStylesheet(manifest, safe.css, { layer: 'sm-user-theme', tokens }), problems }
  }

  async function freeId(wanted: string): Promise<string> {
    const isTaken = async (id: string) =>
      (BUILT_IN_THEMES as readonly string[]).includes(id) || (await find(id)) !== undefined
    for (let number = 1; ; number++) {
      const id = number === 1 ? wanted : `${wanted.slice(0, 60)}-${number}`
      if (!(await isTaken(id))) return id
    }
  }

  async function refuseTooMany(): Promise<void> {
    const { count } = await db
      .selectFrom('themes')
      .select(eb => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= MAX_THEMES)
      throw new ApiError('conflict', `there are ${MAX_THEMES} themes already: delete one first`)
  }

  return {
    async list(owner) {
      const rows = await db
        .selectFrom('themes')
        .select(['manifest', 'version'])
        .where('owner', 'in', [owner, ''])
        .orderBy('id')
        .execute()
      return [
        ...[...builtIn.values()].map(({ manifest }) => ({ manifest, builtIn: true, version: 0 })),
        ...rows.map(({ manifest, version }) => ({
          manifest: readManifest(manifest),
          builtIn: false,
          version,
        })),
      ]
    },
    read,
    create: (owner, input) =>
      inTurn('', async () => {
        const { id } = input.manifest
        const isFree = (await freeId(id)) === id
        await refuseTooMany()
        const made = isFree ? await insert(owner, input) : null
        if (!made) throw new ApiError('conflict', `there is a theme "${id}" already`)
        return made
      }),
    async replace(owner, id, input) {
      if (input.manifest.id !== id)
        throw new ApiError('invalid-input', 'the id of a theme stays: make a new theme for another one')
      const changed = await update(owner, input)
      if (!changed) throw notOwn(id)
      return changed
    },
    import: (owner, { manifest, css, assets }) =>
      inTurn('', async () => {
        const changed = await update(owner, { manifest, css, assets })
        if (changed) return changed
        await refuseTooMany()
        for (;;) {
          const id = await freeId(manifest.id)
          const made = await insert(owner, { manifest: { ...manifest, id }, css, assets })
          // Another server may have taken the id meanwhile.
          if (made) return made
        }
      }),
    async export(id) {
      const theme = await read(id)
      const common = { kind: 'streaming-message/theme', version: THEME_FILE_VERSION } as const
      if (!theme.builtIn) return { ...common, manifest: theme.manifest, css: theme.css, assets: theme.assets }
      const base = BUILT_IN_THEMES.find(known => known === id)
      // The base brings the tokens; the copy sets other values.
      const manifest: ThemeManifest = {
        ...theme.manifest,
        id: `my-${id}`,
        tokens: [],
        ...(base && { base }),
      }
      return { ...common, manifest, css: '', assets: {} }
    },
    async remove(owner, id) {
      const { numDeletedRows } = await db
        .deleteFrom('themes')
        .where('id', '=', id)
        .where('owner', '=', owner)
        .executeTakeFirst()
      if (numDeletedRows === 0n) throw notOwn(id)
      ready.delete(id)
      changed(id, 0)
    },
    async forPlayer(id) {
      const row = await db.selectFrom('themes').select('version').where('id', '=', id).executeTakeFirst()
      if (!row) throw new ApiError('not-found', `there is no theme "${id}"`)
      const known = ready.get(id)
      if (known?.version === row.version) return known
      const theme = await read(id)
      const { manifest, version } = theme
      const made: PlayerTheme = {
        id,
        base: manifest.base ?? null,
        layout: manifest.layout,
        variants: manifest.variants.map(variant => variant.id),
        css: dress(theme).css,
        version,
      }
      ready.set(id, made)
      return made
    },
    async asset(id, name) {
      const { assets } = await read(id)
      const data = Object.hasOwn(assets, name) ? assets[name]! : undefined
      const parts = data === undefined ? null : /^data:([^;]+);base64,(.*)$/s.exec(data)
      if (!parts) throw new ApiError('not-found', `the theme "${id}" has no asset "${name}"`)
      return { type: parts[1]!, content: Buffer.from(parts[2]!, 'base64') }
    },
  }
}

/** @throws ApiError `too-large`, `unsupported-type` for what the server's settings do not take; the contract's have been checked before. */
function checkAssets(assets: ThemeInput['assets'], { themeBytes, types }: ThemesOptions['limits']): void {
  const size = Object.values(assets).reduce((sum, data) => sum + data.length, 0)
  if (size > themeBytes) throw tooLarge(themeBytes, 'MAX_THEME_BYTES')
  for (const data of Object.values(assets)) {
    const type = /^data:([^;]+);/.exec(data)![1]!
    if (type.startsWith('image/')) checkKind(type as AssetType, types)
  }
}

/** Values that no token of the theme can take: players leave them out. */
function wrongValues(manifest: ThemeManifest, tokens: ThemeManifest['tokens']): string[] {
  const byName = new Map(tokens.map(token => [token.name, token]))
  return manifest.variants.flatMap(({ id, values }) =>
    Object.entries(values).flatMap(([name, value]) => {
      const token = byName.get(name)
      if (token && tokenValue(token, value) !== null) return []
      return [`variant "${id}": "${name}" ${token ? `can't be "${value}"` : 'is no token of this theme'}`]
    }),
  )
}

/** Names the content: a theme that was deleted and imported anew begins at the same version. */
function hashOf(data: string): string {
  return createHash('sha256').update(data).digest('hex').slice(0, 16)
}

function readManifest(text: string): ThemeManifest {
  return themeManifest.parse(JSON.parse(text))
}

function fromRow({ manifest, css, assets, version }: Selectable<Tables['themes']>): Theme {
  return { manifest: readManifest(manifest), css, assets: JSON.parse(assets), builtIn: false, version }
}
