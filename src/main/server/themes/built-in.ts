import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUILT_IN_THEMES, type ThemeManifest, themeManifest } from '../../../shared/theme.ts'

export interface BuiltInThemeFiles {
  manifest: ThemeManifest
  css: string
}

/** Where the themes lie while the server runs from its sources. */
const SOURCES = resolve(import.meta.dirname, '../../../renderer/player/themes')

/**
 * Reads the themes of the app: copied beside the built pages, or where they were written.
 * @param pagesDir `out/renderer`
 */
export function readBuiltInThemes(pagesDir: string): Map<string, BuiltInThemeFiles> {
  const built = join(pagesDir, 'themes')
  const dir = existsSync(built) ? built : SOURCES
  const themes = new Map<string, BuiltInThemeFiles>()
  for (const id of BUILT_IN_THEMES) {
    const file = join(dir, id, 'theme.json')
    // Without the built pages there is nothing to be dressed either.
    if (!existsSync(file)) continue
    const manifest = themeManifest.parse(JSON.parse(readFileSync(file, 'utf8')))
    themes.set(id, { manifest, css: readFileSync(join(dir, id, 'theme.css'), 'utf8') })
  }
  return themes
}
