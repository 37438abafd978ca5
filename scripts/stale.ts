import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'

/** Tells whether `out/` was built from what lies here now: by path, size and time of every source, in some 20 ms. */
const root = resolve(import.meta.dirname, '..')
const stamp = join(root, 'out', '.built-from')
const SOURCES = [
  ...['src', 'scripts/build.ts', 'scripts/client', 'scripts/compress.ts', 'scripts/player-themes.ts'],
  ...['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json'],
]

export function isStale(): boolean {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== fingerprint()
}

/** @param built the fingerprint from before the build: what changed meanwhile is stale */
export function markBuilt(built: string): void {
  mkdirSync(join(root, 'out'), { recursive: true })
  writeFileSync(stamp, built)
}

export function fingerprint(): string {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap(filesUnder)) {
    const { size, mtimeMs } = statSync(path)
    hash.update(`${relative(root, path)}\0${size}\0${Math.round(mtimeMs)}\n`)
  }
  return hash.digest('hex')
}

function filesUnder(name: string): string[] {
  const path = join(root, name)
  if (!existsSync(path)) return []
  if (!statSync(path).isDirectory()) return [path]
  const entries = readdirSync(path, { recursive: true, withFileTypes: true })
  const files = entries.filter(one => one.isFile() && !one.name.includes('.test.'))
  return files.map(one => join(one.parentPath, one.name)).sort()
}
