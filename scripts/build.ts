import { resolve } from 'node:path'
import { build } from 'electron-vite'
import { fingerprint, markBuilt } from './stale.ts'

/** `npm run build`: main, preload and pages into `out/`. */
process.chdir(resolve(import.meta.dirname, '..'))
process.env.NODE_ENV ??= 'production'
const started = performance.now()
const from = fingerprint()
try {
  await build({ logLevel: process.argv.includes('--verbose') ? 'info' : 'error' })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
markBuilt(from)
console.log(`built in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
// A watcher of a bundler plug-in must not keep this alive.
process.exit(0)
