/**
 * A theme: a folder with a manifest (`theme.json`), a style sheet (`theme.css`) and its assets. The manifest lists the
 * theme's tokens (the custom properties that may be set) and its variants (named sets of values), so that an editor
 * can be drawn from it. `theme-css.ts` makes the style sheet that a page loads.
 */
import { z } from 'zod'
import { LAYOUTS } from './layouts.ts'

/** The themes that come with the app, in the order to offer them. Nobody else's theme may take their ids. */
export const BUILT_IN_THEMES = ['novel', 'bubble', 'glass', 'subtitle', 'terminal', 'chat', 'none'] as const
export type BuiltInTheme = (typeof BUILT_IN_THEMES)[number]

/** Fonts that a font token may name; any other value is the name of a font that is installed where the page runs. */
export const FONTS = ['sans', 'serif', 'wenkai', 'rounded', 'pixel', 'song'] as const

const identifier = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'small letters, digits and hyphens')
const label = z.strictObject({
  en: z.string().trim().min(1).max(80),
  zh: z.string().trim().min(1).max(80),
  ja: z.string().trim().min(1).max(80),
})
export type ThemeLabel = z.infer<typeof label>

/** Without the leading `--`. */
const tokenName = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)
const common = { name: tokenName, label }
const range = { min: z.number(), max: z.number(), step: z.number().positive() }

const themeToken = z.discriminatedUnion('kind', [
  z.strictObject({ ...common, kind: z.literal('colour'), default: z.string().max(120) }),
  /** In pixels of a stage of 1920x1080; the style sheet multiplies it with `--u`. */
  z.strictObject({ ...common, ...range, kind: z.literal('length'), default: z.number() }),
  z.strictObject({ ...common, ...range, kind: z.literal('number'), default: z.number() }),
  z.strictObject({ ...common, kind: z.literal('font'), default: z.string().max(80) }),
  z.strictObject({
    ...common,
    kind: z.literal('choice'),
    options: z
      .array(z.strictObject({ value: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/), label }))
      .min(2)
      .max(20),
    default: z.string(),
  }),
])
export type ThemeToken = z.infer<typeof themeToken>

/** Values by token name; of numbers and lengths the number. */
const values = z.record(tokenName, z.union([z.string().max(200), z.number()]))

const variant = z.strictObject({ id: identifier, label, values })

export const themeManifest = z.strictObject({
  id: identifier,
  name: label,
  author: z.string().max(80).optional(),
  /** The built-in theme that this one dresses anew; its rules and tokens apply first. Built-in themes have none. */
  base: z.enum(BUILT_IN_THEMES).optional(),
  /** The layout that it is made for. */
  layout: z.enum(LAYOUTS),
  tokens: z.array(themeToken).max(80),
  /** The first is what a room gets that names none. */
  variants: z.array(variant).min(1).max(20),
})
export type ThemeManifest = z.infer<typeof themeManifest>

/** Bytes of one theme's style sheet, and of all its assets together (as base64). */
export const THEME_CSS_BYTES = 64 * 1024
export const THEME_ASSETS_BYTES = 8 * 1024 * 1024
export const THEME_FILE_VERSION = 1

/** Pictures and fonts inside the theme: the style sheet names them as `url("asset:NAME")`. No SVG: it may hold scripts. */
const assetName = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/)
const assetData = z
  .string()
  .regex(
    /^data:(?:image\/(?:png|jpeg|gif|webp|avif)|font\/(?:woff2|woff|ttf|otf));base64,[A-Za-z0-9+/]+={0,2}$/,
    'a picture or font as a base64 data: URL',
  )
const assets = z
  .record(assetName, assetData)
  .refine(all => Object.values(all).reduce((sum, data) => sum + data.length, 0) <= THEME_ASSETS_BYTES, {
    message: `the assets are larger than ${THEME_ASSETS_BYTES} bytes`,
    params: { error: 'too-large' },
  })

const body = {
  manifest: themeManifest,
  css: z
    .string()
    .refine(text => new TextEncoder().encode(text).length <= THEME_CSS_BYTES, {
      message: `the style sheet is larger than ${THEME_CSS_BYTES} bytes`,
      params: { error: 'too-large' },
    })
    .default(''),
  assets: assets.default({}),
}

/** A theme as one file: what export gives and import takes. */
export const themeFile = z.strictObject({
  kind: z.literal('streaming-message/theme'),
  version: z.literal(THEME_FILE_VERSION),
  ...body,
})
export type ThemeFile = z.infer<typeof themeFile>

export const themeInput = z.strictObject(body)
export type ThemeInput = z.infer<typeof themeInput>

/** A theme as the controller lists it. */
export interface ThemeSummary {
  manifest: ThemeManifest
  builtIn: boolean
  /** Counts up at each change; 0 for built-in themes. */
  version: number
}

/** What a player needs of a theme that does not come with the app. Its `css` has been checked by the server. */
export interface PlayerTheme {
  id: string
  base: BuiltInTheme | null
  layout: ThemeManifest['layout']
  /** Ids, the default first. */
  variants: string[]
  css: string
  version: number
}
