import { mkdirSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'electron-vite'
import { bundle } from './client/bundle.ts'
import { toScript } from './client/es5.ts'
import { compressFolder } from './compress.ts'
import { fingerprint, markBuilt } from './stale.ts'

/** `npm run build`: main, preload and pages into `out/`. */
process.chdir(resolve(import.meta.dirname, '..'))
process.env.NODE_ENV ??= 'production'
const started = performance.now()
console.log('building …')
const from = fingerprint()
try {
  await build({ logLevel: process.argv.includes('--verbose') ? 'info' : 'error' })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
await addClientScript(resolve('out/renderer/static/js'))
await compressFolder(resolve('out/renderer/static'))
markBuilt(from)
console.log(`built in ${((performance.now() - started) / 1_000).toFixed(1)} s`)
// A watcher of a bundler plug-in must not keep this alive.
process.exit(0)

/** The client for a script tag, at `/static/js/sse-client.js` as the first Streaming Message had it. */
async function addClientScript(dir: string): Promise<void> {
  const { readable } = await toScript(await bundle(resolve('src/sse-client/script.ts')), 'SSEClient')
  mkdirSync(dir, { recursive: true })
  writeFileSync(resolve(dir, 'sse-client.js'), readable)
}
