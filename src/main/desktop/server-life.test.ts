import { expect, it, vi } from 'vitest'
import { DEFAULT_SETTINGS } from '../../preload/desktop-settings.ts'
import { type RunningServer, StartError } from '../server/index.ts'
import { createObservable } from './observable.ts'
import { type ServerLifeOptions, startServerLife } from './server-life.ts'
import type { SettingsStore } from './settings/store.ts'

const servers = vi.hoisted(() => ({ start: vi.fn<(config: { port: number }) => Promise<unknown>>() }))
vi.mock('../server/index.ts', async original => ({
  ...(await original<typeof import('../server/index.ts')>()),
  startServer: servers.start,
}))

function fakeServer(port: number, close: () => Promise<void> = async () => undefined) {
  const server = {
    url: `http://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    addresses: () => [],
    ownerToken: async () => `token of ${port}`,
    close,
  }
  return server as unknown as RunningServer
}

/** @param answers servers in the order in which they are started, or why one does not start */
const setUp = (...answers: (RunningServer | StartError)[]) => setUpWith({}, ...answers)

async function setUpWith(env: NodeJS.ProcessEnv, ...answers: (RunningServer | StartError)[]) {
  servers.start.mockReset()
  for (const answer of answers) {
    if (answer instanceof StartError) servers.start.mockRejectedValueOnce(answer)
    else servers.start.mockResolvedValueOnce(answer)
  }
  const settings = createObservable(DEFAULT_SETTINGS)
  const change: SettingsStore['change'] = part => {
    settings.set({ ...settings.get(), ...part })
    return settings.get()
  }
  const onStartFailure = vi.fn<ServerLifeOptions['onStartFailure']>(async () => 'retry')
  const life = await startServerLife({
    settings: { ...settings, change, patch: settings.get, flush: () => undefined },
    userData: '/nowhere',
    pagesDir: '/nowhere',
    env,
    log: () => undefined,
    onPort: () => undefined,
    onStartFailure,
  })
  return { life, onStartFailure, settings }
}

it('asks what to do where it cannot start again, and goes on with the answer', async () => {
  const { life, onStartFailure } = await setUp(
    fakeServer(8000),
    new StartError('data-dir', 'the disk is gone'),
    fakeServer(8001),
  )
  await life.change({ lan: true })
  expect(onStartFailure).toHaveBeenCalledOnce()
  expect(life.status()).toMatchObject({ state: 'running', port: 8001 })
})

it('gives a token of the server that comes, not of the one that goes', async () => {
  const { promise: closed, resolve: close } = Promise.withResolvers<void>()
  const { life } = await setUp(
    fakeServer(8000, () => closed),
    fakeServer(8001),
  )
  const changed = life.change({ port: 8001 })
  const token = life.ownerToken()
  close()
  expect(await token).toBe('token of 8001')
  await changed
})

it('stops in order after a restart that is still under way', async () => {
  const close = vi.fn(async () => undefined)
  const { life } = await setUp(fakeServer(8000), fakeServer(8001, close))
  void life.change({ port: 8001 })
  await life.stop()
  expect(close).toHaveBeenCalledOnce()
  expect(life.status().state).toBe('stopped')
})

it('a folder that cannot be used: back to the one before, which is the app’s own here', async () => {
  const unusable = new StartError('data-dir', 'read-only')
  const { life, onStartFailure, settings } = await setUp(fakeServer(8000), unusable, fakeServer(8000))
  onStartFailure.mockResolvedValueOnce('back')
  await life.change({ dataDir: '/unusable' })
  expect(onStartFailure).toHaveBeenCalledExactlyOnceWith(unusable, { choose: true, back: 'before' })
  expect(settings.get().server.dataDir).toBeNull()
  expect(life.status()).toMatchObject({ state: 'running', dataDir: '/nowhere/data' })
})

it('a folder that is gone at the start: another, or the app’s own; none where the environment names it', async () => {
  const gone = new StartError('data-dir', 'no such folder')
  const { onStartFailure: first } = await setUpWith({ DATA_DIR: '/given' }, gone, fakeServer(8000))
  expect(first).toHaveBeenCalledExactlyOnceWith(gone, { choose: false, back: null })
  const { onStartFailure: second } = await setUp(gone, fakeServer(8000))
  expect(second).toHaveBeenCalledExactlyOnceWith(gone, { choose: true, back: null })
})
