import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createUpdates, type UpdatesOptions } from './updates.ts'
import { en } from './words/en.ts'

const updater = vi.hoisted(() => ({
  on: () => undefined,
  once: vi.fn<(event: string, listener: (error: Error) => void) => void>(),
  checkForUpdates: vi.fn<() => Promise<object>>(),
  downloadUpdate: vi.fn<() => Promise<void>>(),
  quitAndInstall: vi.fn(),
}))
const dialog = vi.hoisted(() => ({ showMessageBox: vi.fn<(options: object) => Promise<object>>() }))
vi.mock('electron', () => ({ app: { isPackaged: true }, dialog }))
vi.mock('electron-updater', () => ({ default: { autoUpdater: updater } }))

const found = { isUpdateAvailable: true, updateInfo: { version: '2.0.0', releaseNotes: '<p>New</p>' } }
const create = (options: Partial<UpdatesOptions> = {}) =>
  createUpdates({
    words: () => en,
    devConfig: undefined,
    log: () => undefined,
    beforeInstall: async () => undefined,
    onInstallFailure: () => undefined,
    ...options,
  })

afterEach(() => vi.unstubAllEnvs())

beforeEach(() => {
  vi.resetAllMocks()
  updater.checkForUpdates.mockResolvedValue(found)
})

it('looks once for two who ask at the same time', async () => {
  const updates = create()
  const answers = await Promise.all([updates.check(), updates.check()])
  expect(answers.map(one => one.state)).toEqual(['available', 'available'])
  expect(updater.checkForUpdates).toHaveBeenCalledOnce()
})

it('does not forget what it fetches, or has fetched, where it is asked to look again', async () => {
  const { promise: fetched, resolve: arrive } = Promise.withResolvers<void>()
  updater.downloadUpdate.mockReturnValue(fetched)
  const updates = create()
  await updates.check()
  const downloading = updates.download()
  expect((await updates.check()).state).toBe('downloading')
  arrive()
  expect(await downloading).toMatchObject({ state: 'ready', version: '2.0.0', notes: 'New' })
  expect(await updates.check()).toMatchObject({ state: 'ready', version: '2.0.0' })
  updates.install()
  await vi.waitFor(() => expect(updater.quitAndInstall).toHaveBeenCalledOnce())
})

it('installs once, and only when the app has made room for the one that takes its place', async () => {
  const { promise: left, resolve: leave } = Promise.withResolvers<void>()
  const beforeInstall = vi.fn(() => left)
  const updates = create({ beforeInstall })
  await updates.check()
  await updates.download()
  updates.install()
  updates.install()
  await vi.waitFor(() => expect(beforeInstall).toHaveBeenCalledOnce())
  expect(updater.quitAndInstall).not.toHaveBeenCalled()
  leave()
  await vi.waitFor(() => expect(updater.quitAndInstall).toHaveBeenCalledExactlyOnceWith(true, true))
})

it('says why an installer could not be run, and the app goes on', async () => {
  const onInstallFailure = vi.fn()
  const updates = create({ onInstallFailure })
  await updates.check()
  await updates.download()
  updates.install()
  await vi.waitFor(() => expect(updater.quitAndInstall).toHaveBeenCalledOnce())
  for (const [event, listener] of updater.once.mock.calls)
    if (event === 'error') listener(new Error('Command pkexec exited with code 126\n    at …'))
  await vi.waitFor(() => expect(onInstallFailure).toHaveBeenCalledOnce())
  const message = 'The update could not be installed: Command pkexec exited with code 126'
  expect(dialog.showMessageBox.mock.calls[0]?.[0]).toMatchObject({ message })
  expect(updates.status()).toMatchObject({ state: 'failed', msg: message })
})

it('leaves the portable build alone', async () => {
  vi.stubEnv('PORTABLE_EXECUTABLE_FILE', 'D:\\streaming-message.exe')
  expect((await create().check()).state).toBe('unsupported')
  expect(updater.checkForUpdates).not.toHaveBeenCalled()
})

it('says why looking failed, whatever was thrown, and can look again', async () => {
  updater.checkForUpdates.mockRejectedValueOnce('no network')
  const updates = create()
  expect(await updates.check()).toMatchObject({
    state: 'failed',
    msg: expect.stringContaining('no network'),
  })
  expect((await updates.check()).state).toBe('available')
})
