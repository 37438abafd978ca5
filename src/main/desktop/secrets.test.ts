import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openSecrets } from './secrets.ts'

const store = vi.hoisted(() => ({
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text: string) => Buffer.from(text),
  decryptStringAsync: async (data: Buffer) => ({ result: data.toString() }),
}))
vi.mock('electron', () => ({ safeStorage: store }))

/** Root, as which tests may run, could write a folder that is only marked read-only. */
const disk = vi.hoisted(() => ({ isReadOnly: false }))
vi.mock('node:fs', async original => {
  const fs = await original<typeof import('node:fs')>()
  const unlessReadOnly =
    <Args extends unknown[], Result>(run: (...args: Args) => Result) =>
    (...args: Args) => {
      if (disk.isReadOnly) throw Object.assign(new Error('read-only file system'), { code: 'EROFS' })
      return run(...args)
    }
  return { ...fs, writeFileSync: unlessReadOnly(fs.writeFileSync), rmSync: unlessReadOnly(fs.rmSync) }
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  disk.isReadOnly = false
  rmSync(folder, { recursive: true, force: true })
})

it('keeps a password over a restart, in the key store’s own writing', async () => {
  const path = join(folder, 'secrets.json')
  expect(await openSecrets(path, 'linux').set('obs', 'hush')).toBe(true)
  expect(await openSecrets(path, 'linux').get('obs')).toBe('hush')
  openSecrets(path, 'linux').remove('obs')
  expect(await openSecrets(path, 'linux').get('obs')).toBeUndefined()
})

it('keeps it for this run where the key store fails when it is asked', async () => {
  vi.spyOn(store, 'isAsyncEncryptionAvailable').mockRejectedValue(new Error('the bus is gone'))
  const secrets = openSecrets(join(folder, 'secrets.json'), 'linux')
  expect(await secrets.set('obs', 'hush')).toBe(false)
  expect(await secrets.get('obs')).toBe('hush')
})

it('forgets one for this run where nothing can be written or removed any more', async () => {
  const path = join(folder, 'secrets.json')
  await openSecrets(path, 'linux').set('obs', 'old')
  const secrets = openSecrets(path, 'linux')
  disk.isReadOnly = true
  expect(() => secrets.remove('obs')).not.toThrow()
  expect(await secrets.get('obs')).toBeUndefined()
  expect(await secrets.set('obs', 'new')).toBe(false)
  expect(await secrets.get('obs')).toBe('new')
})
