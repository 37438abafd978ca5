import type { Selectable } from 'kysely'
import type { AssetType } from '../../../shared/asset.ts'
import {
  BUILT_IN_THEMES,
  type PlayerTheme,
  type ThemeFile,
  type ThemeInput,
  type ThemeManifest,
  type ThemeSummary,
  themeManifest,
} from '../../../shared/theme.ts'
import { themeStylesheet, tokenValue } from '../../../shared/theme-css.ts'
import { ApiError } from '../errors.ts'
import { checkKind, type ServerLimits, tooLarge } from '../limits/index.ts'
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

  async function find(id: string): Promise<Selectable<Tables['themes']> | undefined> {
    return db.selectFrom('themes').selectAll().where('id', '=', id).executeTakeFirst()
  }

  async function own(owner: string, id: string): Promise<Selectable<Tables['themes']>> {
    const row = await find(id)
    if (row?.owner !== owner) throw new ApiError('not-found', `you have no theme "${id}"`)
    return row
  }

  async function read(id: string): Promise<Theme> {
    const files = builtIn.get(id)
    if (files) return { ...files, assets: {}, builtIn: true, version: 0 }
    const row = await find(id)
    if (!row) throw new ApiError('not-found', `there is no theme "${id}"`)
    return fromRow(row)
  }

  async function write(owner: string, input: ThemeInput, version: number): Promise<StoredTheme> {
    const { manifest, css, assets } = input
    checkAssets(assets, limits)
    const values = {
      owner,
      manifest: JSON.stringify(manifest),
      css,
      assets: JSON.stringify(assets),
      version,
    }
    await db
      .insertInto('themes')
      .values({ id: manifest.id, ...values })
      .onConflict(conflict => conflict.column('id').doUpdateSet(values))
      .execute()
    const theme: Theme = { manifest, css, assets, builtIn: false, version }
    const { problems } = dress(theme)
    ready.delete(manifest.id)
    changed(manifest.id, version)
    return { theme, problems }
  }

  /** The sheet of a theme that did not come with the app, and what of it was left out. */
  function dress({ manifest, css, assets, version }: Theme): { css: string; problems: string[] } {
    const safe = safeCss(css, {
      theme: manifest.id,
      assetUrl: name =>
        Object.hasOwn(assets, name)
          ? `/api/v1/themes/${manifest.id}/assets/${encodeURIComponent(name)}?v=${version}`
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
    async create(owner, input) {
      const { id } = input.manifest
      if ((await freeId(id)) !== id) throw new ApiError('conflict', `there is a theme "${id}" already`)
      await refuseTooMany()
      return write(owner, input, 1)
    },
    async replace(owner, id, input) {
      if (input.manifest.id !== id)
        throw new ApiError('invalid-input', 'the id of a theme stays: make a new theme for another one')
      const { version } = await own(owner, id)
      return write(owner, input, version + 1)
    },
    async import(owner, { manifest, css, assets }) {
      const row = await find(manifest.id)
      if (row?.owner === owner) return write(owner, { manifest, css, assets }, row.version + 1)
      await refuseTooMany()
      const id = await freeId(manifest.id)
      return write(owner, { manifest: { ...manifest, id }, css, assets }, 1)
    },
    async export(id) {
      const theme = await read(id)
      const common = { kind: 'streaming-message/theme', version: 1 } as const
      if (!theme.builtIn) return { ...common, manifest: theme.manifest, css: theme.css, assets: theme.assets }
      const base = BUILT_IN_THEMES.find(known => known === id)
      // The base brings the tokens; the copy sets other values.
      const manifest: ThemeManifest = {
        ...theme.manifest,
        id: `my-${id}`,
        tokens: [],
        ...(base && { base }),
        variants: theme.manifest.variants,
      }
      return { ...common, manifest, css: '', assets: {} }
    },
    async remove(owner, id) {
      await own(owner, id)
      await db.deleteFrom('themes').where('id', '=', id).execute()
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

function readManifest(text: string): ThemeManifest {
  return themeManifest.parse(JSON.parse(text))
}

function fromRow({ manifest, css, assets, version }: Selectable<Tables['themes']>): Theme {
  return { manifest: readManifest(manifest), css, assets: JSON.parse(assets), builtIn: false, version }
}
