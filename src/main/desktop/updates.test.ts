import { beforeEach, expect, it, vi } from 'vitest'
import { createUpdates } from './updates.ts'
import { en } from './words/en.ts'

const updater = vi.hoisted(() => ({
  on: () => undefined,
  checkForUpdates: vi.fn<() => Promise<object>>(),
  downloadUpdate: vi.fn<() => Promise<void>>(),
  quitAndInstall: vi.fn(),
}))
vi.mock('electron', () => ({ app: { isPackaged: true }, dialog: {} }))
vi.mock('electron-updater', () => ({ default: { autoUpdater: updater } }))

const found = { isUpdateAvailable: true, updateInfo: { version: '2.0.0', releaseNotes: '<p>New</p>' } }
const create = () =>
  createUpdates({
    words: () => en,
    devConfig: undefined,
    log: () => undefined,
    beforeInstall: () => undefined,
  })

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

it('says why looking failed, whatever was thrown, and can look again', async () => {
  updater.checkForUpdates.mockRejectedValueOnce('no network')
  const updates = create()
  expect(await updates.check()).toMatchObject({
    state: 'failed',
    msg: expect.stringContaining('no network'),
  })
  expect((await updates.check()).state).toBe('available')
})
