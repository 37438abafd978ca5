import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Listener } from '../http/listener.ts'
import { openStore, type Store } from '../store/index.ts'
import { createLanSwitch, hostToListenOn } from './lan.ts'

let folder: string
let store: Store
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lan-switch-'))
  store = await openStore({ dataDir: folder, databaseUrl: undefined })
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const atNextStart = () => hostToListenOn(store.db, { host: '127.0.0.1', hostFixed: false })

/** An ear that can or can't be moved. */
function listener(canMove: boolean) {
  const ear = {
    host: '127.0.0.1',
    async move(to: string) {
      if (!canMove) throw new Error('the port is taken there')
      ear.host = to
    },
  }
  return ear as unknown as Listener
}

test('a server that cannot open to the LAN does not try to at its next start', async () => {
  const lan = createLanSwitch(store.db, () => ear, false)
  const ear = listener(false)
  await expect(lan.set(true)).rejects.toThrow('taken')
  expect(lan.isOpen()).toBe(false)
  expect(await atNextStart()).toBe('127.0.0.1')
})

test('where the choice cannot be written down, the server stays as closed as it was', async () => {
  const ear = listener(true)
  const lan = createLanSwitch(store.db, () => ear, false)
  await store.db.schema.dropTable('server_settings').execute()
  await expect(lan.set(true)).rejects.toThrow()
  expect(ear.host).toBe('127.0.0.1')
})

test('a switch that is pressed twice at once ends where it was pressed last, and is kept so', async () => {
  const moves: string[] = []
  const ear = {
    host: '127.0.0.1',
    async move(to: string) {
      moves.push(`${to} begins`)
      await new Promise(resolve => setImmediate(resolve))
      ear.host = to
      moves.push(`${to} ends`)
    },
  }
  const lan = createLanSwitch(store.db, () => ear as unknown as Listener, false)
  await Promise.all([lan.set(true), lan.set(false)])
  expect(moves).toEqual(['0.0.0.0 begins', '0.0.0.0 ends', '127.0.0.1 begins', '127.0.0.1 ends'])
  expect(await atNextStart()).toBe('127.0.0.1')
})
