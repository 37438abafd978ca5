import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'
import { themeManifest } from '../src/shared/theme.ts'
import { themeStylesheet } from '../src/shared/theme-css.ts'

const THEME_CSS = /\/player\/themes\/[a-z-]+\/theme\.css$/
const FONT_PACKAGES = /\/node_modules\/(?:@fontsource(?:-variable)?|lxgw-wenkai-screen-webfont)\/.*\.css$/

/**
 * The Latin pieces of M PLUS Rounded under a name of their own: it lacks simplified characters, and half a Chinese
 * sentence in it would be a patchwork.
 */
function latinAlias(css: string): string {
  return css
    .split('@font-face')
    .filter(face => /-latin(?:-ext)?-\d+-normal\.woff2/.test(face) && face.includes("'M PLUS Rounded 1c'"))
    .map(face => `@font-face${face.replace("'M PLUS Rounded 1c'", "'M PLUS Rounded Latin'")}`)
    .join('')
}

/**
 * Built-in themes at build time: a `theme.css` gets the tokens and variants of the `theme.json` beside it, and both
 * files are copied to `themes/` for the server to list and export. Fonts lose their `woff` doubles, which no browser
 * that runs the player asks for.
 *
 * @param dir the folder of the themes
 */
export function playerThemes(dir: string): Plugin {
  const files = readdirSync(dir).flatMap(id => {
    const manifest = join(dir, id, 'theme.json')
    return existsSync(manifest) ? [{ id, manifest, css: join(dir, id, 'theme.css') }] : []
  })
  return {
    name: 'player-themes',
    enforce: 'pre',
    transform(code, id) {
      const path = id.split('?')[0]!
      if (THEME_CSS.test(path)) {
        const file = join(dirname(path), 'theme.json')
        this.addWatchFile(file)
        const manifest = themeManifest.parse(JSON.parse(readFileSync(file, 'utf8')))
        return { code: themeStylesheet(manifest, code, { layer: 'sm-theme' }), map: null }
      }
      if (FONT_PACKAGES.test(path)) {
        const fonts = code.replace(/,\s*url\([^)]*\.woff\)\s*format\(['"]woff['"]\)/g, '')
        return { code: fonts + latinAlias(fonts), map: null }
      }
      return null
    },
    generateBundle() {
      for (const { id, manifest, css } of files) {
        this.emitFile({
          type: 'asset',
          fileName: `themes/${id}/theme.json`,
          source: readFileSync(manifest, 'utf8'),
        })
        this.emitFile({
          type: 'asset',
          fileName: `themes/${id}/theme.css`,
          source: readFileSync(css, 'utf8'),
        })
      }
    },
  }
}
