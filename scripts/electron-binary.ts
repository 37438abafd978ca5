import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../node_modules/electron')
/** A hundred megabytes on a slow line; past that the user is better served headless. */
const FETCH_TIMEOUT_MS = 90_000

/** @returns undefined, without fetching anything, where it is not installed */
export function installedElectron(): string | undefined {
  const name = join(folder, 'path.txt')
  if (!existsSync(name)) return undefined
  const path = join(folder, 'dist', readFileSync(name, 'utf8'))
  return existsSync(path) ? path : undefined
}

/** Electron's own installer, from where Electron keeps its releases. @returns undefined where that cannot be reached */
export async function fetchElectron(): Promise<string | undefined> {
  const installer = join(folder, 'install.js')
  if (!existsSync(installer)) return undefined
  process.stdout.write('Fetching Electron, once (some 100 MB)… ')
  const child = spawn(process.execPath, [installer], { stdio: 'ignore' })
  const timer = setTimeout(() => child.kill(), FETCH_TIMEOUT_MS)
  await new Promise(done => child.once('exit', done))
  clearTimeout(timer)
  const path = installedElectron()
  console.log(path ? 'done.' : 'it cannot be reached from here.')
  return path
}
