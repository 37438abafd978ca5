import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { THEME_LAYOUTS, THEME_VARIANTS } from '../src/renderer/player/themes/built-in.ts'
import { BUILT_IN_THEMES, themeManifest } from '../src/shared/theme.ts'
import { tokenValue } from '../src/shared/theme-css.ts'

const dir = resolve(import.meta.dirname, '../src/renderer/player/themes')
const read = (id: string) =>
  themeManifest.parse(JSON.parse(readFileSync(join(dir, id, 'theme.json'), 'utf8')))

test('the folders are the built-in themes', () => {
  const folders = readdirSync(dir).filter(name => existsSync(join(dir, name, 'theme.json')))
  expect(folders.sort()).toEqual([...BUILT_IN_THEMES].sort())
})

describe.each(BUILT_IN_THEMES)('the theme %s', id => {
  const manifest = read(id)
  const css = readFileSync(join(dir, id, 'theme.css'), 'utf8')

  test('is what the player takes it for', () => {
    expect(manifest.id).toBe(id)
    expect(manifest.layout).toBe(THEME_LAYOUTS[id])
    expect(manifest.variants.map(variant => variant.id)).toEqual(THEME_VARIANTS[id])
  })

  test('has valid defaults, and variants that set its own tokens to valid values', () => {
    const tokens = new Map(manifest.tokens.map(token => [token.name, token]))
    for (const token of manifest.tokens) expect(tokenValue(token, token.default), token.name).not.toBeNull()
    for (const { id: variant, values } of manifest.variants) {
      for (const [name, value] of Object.entries(values)) {
        expect(tokens.has(name), `${variant} sets --${name}`).toBe(true)
        expect(tokenValue(tokens.get(name)!, value), `${variant} --${name}`).toBe(
          tokens.get(name)!.kind === 'font' ? `var(--font-${value})` : String(value),
        )
      }
    }
  })

  test('asks for nothing that OBS 28 lacks, and for nothing behind the page', () => {
    // Individual transforms, :has, container queries, color-mix and nesting came after Chrome 103.
    expect(css).not.toMatch(/backdrop-filter|mix-blend-mode|color-mix\(|:has\(|@container|\boklch\(/)
    expect(css).not.toMatch(/^\s*(?:translate|rotate|scale):/m)
    expect(css).not.toMatch(/!important|@import/)
  })
})
