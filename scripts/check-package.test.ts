import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Arch } from 'electron-builder'
import { afterAll, expect, it } from 'vitest'
import { afterPack } from './check-package.ts'

const folder = mkdtempSync(join(tmpdir(), 'packed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const path of [
  'better-sqlite3/prebuilds/darwin-arm64.node',
  'better-sqlite3/prebuilds/win32-x64.node',
  '@node-rs/argon2-darwin-arm64/argon2.darwin-arm64.node',
  '@node-rs/argon2-win32-arm64-msvc/argon2.win32-arm64-msvc.node',
]) {
  const file = join(folder, 'resources/app.asar.unpacked/node_modules', path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, '')
}

const check = (electronPlatformName: string, arch: Arch) => () =>
  afterPack({
    electronPlatformName,
    arch,
    appOutDir: folder,
    packager: { getResourcesDir: appOutDir => join(appOutDir, 'resources') },
  })

it('lets a package pass that has what is native for its system and processor', () => {
  expect(check('darwin', Arch.arm64)).not.toThrow()
})

it.each([
  ['another processor’s', 'darwin', Arch.x64, 'better-sqlite3 and @node-rs/argon2'],
  ['one of two', 'win32', Arch.x64, '@node-rs/argon2'],
  ['another system’s', 'linux', Arch.arm64, 'better-sqlite3 and @node-rs/argon2'],
])('refuses one that has %s', (_what, platform, arch, missing) => {
  expect(check(platform, arch)).toThrow(`lacks the native part of ${missing}:`)
})
