import { afterEach, expect, it, vi } from 'vitest'
import { createObs, type Obs } from '../../src/main/desktop/obs/obs.ts'
import { createObservable } from '../../src/main/desktop/observable.ts'
import type { Secrets } from '../../src/main/desktop/secrets.ts'
import { DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { type FakeObsOptions, startFakeObs } from '../obs/fake-obs.ts'

const opened: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close()
})

const NO_SECRETS: Secrets = { get: async () => undefined, set: async () => true, remove: () => undefined }

/** The app's side of an OBS, and each state that it was seen in. */
async function setUp(options: FakeObsOptions = {}, secrets = NO_SECRETS) {
  const fake = await startFakeObs(options)
  const settings = createObservable({
    ...DEFAULT_SETTINGS,
    obs: { ...DEFAULT_SETTINGS.obs, port: fake.port },
  })
  const obs: Obs = createObs({
    settings: { ...settings, change: settings.get, patch: settings.get, flush: () => undefined },
    secrets,
    playerUrl: async () => 'http://127.0.0.1:8000/lobby',
    serverPort: () => 8000,
    applyScene: () => undefined,
    words: () => ({}) as never,
    log: () => undefined,
  })
  opened.push(fake, { close: obs.disconnect })
  const states: string[] = []
  obs.follow(({ state }) => {
    if (states.at(-1) !== state) states.push(state)
  })
  return { obs, fake, states }
}

const url = 'http://127.0.0.1:8000/lobby'

it('stays off where it was switched off while the password was looked for', async () => {
  const key = Promise.withResolvers<string | undefined>()
  const { obs } = await setUp({}, { ...NO_SECRETS, get: () => key.promise })
  const connecting = obs.connect()
  await obs.disconnect()
  key.resolve(undefined)
  await connecting
  expect(obs.status().state).toBe('off')
})

it('goes on trying where the key store fails', async () => {
  const get = vi.fn<Secrets['get']>().mockRejectedValueOnce(new Error('locked')).mockResolvedValue(undefined)
  const { obs } = await setUp({}, { ...NO_SECRETS, get })
  await obs.connect()
  expect(obs.status().state).toBe('failed')
  await vi.waitFor(() => expect(obs.status().state).toBe('connected'), { timeout: 10_000 })
})

it('connects although a source is removed in OBS at that moment', async () => {
  const { obs, fake } = await setUp({
    meanwhile(type, { inputs }) {
      if (type === 'GetInputSettings') inputs.delete('gone')
      if (type === 'PressInputPropertiesButton') inputs.delete('late')
      return undefined
    },
  })
  for (const name of ['gone', 'stays', 'late'])
    fake.inputs.set(name, { kind: 'browser_source', settings: { url } })
  expect(await obs.connect()).toMatchObject({ state: 'connected', failure: null })
  expect(fake.calls.filter(one => one.type === 'PressInputPropertiesButton')).toHaveLength(2)
})

it('ends what it waits for when OBS goes, and says once that it went', async () => {
  const { obs, fake, states } = await setUp({
    meanwhile: type => (type === 'GetInputKindList' ? false : undefined),
  })
  await obs.connect()
  const asked = obs.putSource('Game', 'lobby')
  await vi.waitFor(() => expect(fake.calls.at(-1)?.type).toBe('GetInputKindList'))
  fake.drop()
  await expect(asked).rejects.toMatchObject({ failure: 'not-connected' })
  expect(states).toEqual(['connecting', 'connected', 'failed'])
})

it('tries once more, not twice, where OBS goes while it is greeted', async () => {
  let greeted = 0
  const { obs, states } = await setUp({
    meanwhile(type, fake) {
      if (type !== 'GetSceneList' || greeted++ > 0) return undefined
      fake.drop()
      return false
    },
  })
  const failures: string[] = []
  obs.follow(({ state, failure }) => state === 'failed' && failures.push(String(failure)))
  await obs.connect()
  await vi.waitFor(() => expect(obs.status().state).toBe('connected'), { timeout: 10_000 })
  expect(failures).toEqual(['not-running'])
  expect(states).toEqual(['connecting', 'connected', 'failed', 'connecting', 'connected'])
})
