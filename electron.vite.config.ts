import { existsSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'
import { playerThemes } from './scripts/player-themes.ts'

const at = (path: string) => resolve(import.meta.dirname, path)

/** What the player's oldest homes can run: OBS 28 to 30 (Chrome 103) and iOS 15. */
const playerBaseline = ['chrome103', 'safari15']

/** Set by hand: electron-vite merges its own Chromium into a list of targets, and no tool takes two Chromiums. */
const forTheBaseline: Plugin = {
  name: 'player-baseline',
  enforce: 'post',
  config(config) {
    config.build = { ...config.build, target: playerBaseline }
  },
}

/** Every folder of src/renderer with a page in it. */
const pages = Object.fromEntries(
  readdirSync(at('src/renderer'))
    .map(name => [name, at(`src/renderer/${name}/index.html`)] as const)
    .filter(([, path]) => existsSync(path)),
)

export default defineConfig({
  main: {
    build: {
      // Everything but the two native modules is bundled: one file starts several times faster than 500.
      externalizeDeps: true,
      sourcemap: true,
      rollupOptions: { input: { index: at('src/main/index.ts'), headless: at('src/main/headless.ts') } },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { controller: at('src/preload/controller.ts'), overlay: at('src/preload/overlay.ts') },
        // Sandboxed preload scripts are CommonJS, one file each.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    base: '/',
    plugins: [react(), tailwindcss(), playerThemes(at('src/renderer/player/themes')), forTheBaseline],
    worker: { format: 'iife' },
    build: {
      assetsDir: 'static',
      minify: true,
      cssTarget: playerBaseline,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: pages,
      },
    },
  },
})
