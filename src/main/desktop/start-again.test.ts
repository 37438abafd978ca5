import { afterEach, expect, it, vi } from 'vitest'
import { startAgain } from './start-again.ts'

const app = vi.hoisted(() => ({ exit: vi.fn(), getPath: () => process.execPath }))
vi.mock('electron', () => ({ app }))

afterEach(() => {
  vi.unstubAllEnvs()
  app.exit.mockReset()
})

it('ends this process once the other one runs', async () => {
  const otherwise = vi.fn()
  startAgain(['-e', ''], otherwise)
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalledWith(0))
  expect(otherwise).not.toHaveBeenCalled()
})

it('goes on in this one where the other cannot be started', async () => {
  vi.stubEnv('APPIMAGE', '/nowhere/moved.AppImage')
  const otherwise = vi.fn()
  startAgain([], otherwise)
  await vi.waitFor(() => expect(otherwise).toHaveBeenCalledOnce())
  expect(app.exit).not.toHaveBeenCalled()
})
