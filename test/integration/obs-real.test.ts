import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { putSource, refreshSource, sendCaption } from '../../src/main/desktop/obs/browser-source.ts'
import { connectObs, type ObsConnection, type ObsEvents } from '../../src/main/desktop/obs/connection.ts'
import { hasObs, OBS, type RealObs, startRealObs } from '../obs/real-obs.ts'

/** Against the OBS of the system (Debian: `apt-get install obs-studio obs-plugins libgl1-mesa-dri xvfb`). */
describe.skipIf(!hasObs)(`the real OBS at ${OBS}`, () => {
  const seen: string[] = []
  const events: ObsEvents = {
    onScene: name => seen.push(`scene ${name}`),
    onSceneList: () => seen.push('scenes'),
    onInputs: () => seen.push('inputs'),
    onClosed: () => seen.push('closed'),
  }
  const nothing = z.unknown()
  let obs: RealObs
  let connection: ObsConnection

  beforeAll(async () => {
    obs = await startRealObs()
    const address = { host: '127.0.0.1', port: obs.port, password: obs.password }
    await vi.waitFor(async () => expect(await tryConnect(address)).toBe(true), {
      timeout: 60_000,
      interval: 300,
    })
  }, 90_000)
  afterAll(async () => {
    await connection?.close()
    await obs?.stop()
  })

  async function tryConnect(address: Parameters<typeof connectObs>[0]): Promise<boolean> {
    try {
      connection = await connectObs(address, events)
      return true
    } catch {
      return false
    }
  }

  it('tells its version and scenes', async () => {
    expect(connection.obsVersion).toMatch(/^\d+\.\d+/)
    expect(connection.websocketVersion).toMatch(/^5\./)
    const { all, current } = await connection.scenes()
    expect(all).toContain(current)
  })

  it.each([
    ['a wrong password', 'wrong', 'wrong-password'],
    ['no password', undefined, 'password-needed'],
  ])('refuses %s with a reason', async (_what, password, failure) => {
    const address = { host: '127.0.0.1', port: obs.port, password }
    await expect(connectObs(address, events)).rejects.toMatchObject({ failure })
  })

  it('has no browser source as Debian builds it, and that is said', async () => {
    const wish = {
      scene: 'Scene',
      name: 'Streaming Message',
      url: 'http://127.0.0.1:8000/lobby',
      width: 1920,
      height: 1080,
    }
    const { inputKinds } = await connection.call(
      'GetInputKindList',
      {},
      z.object({ inputKinds: z.array(z.string()) }),
    )
    const put = putSource(connection, wish)
    if (inputKinds.includes('browser_source')) await expect(put).resolves.toMatchObject({ created: true })
    else await expect(put).rejects.toMatchObject({ failure: 'no-browser-source' })
  })

  it('refuses what is not there with the codes that the fake one uses', async () => {
    expect(await refreshSource(connection, 'no such source')).toBe(false)
    await expect(sendCaption(connection, 'hello')).rejects.toMatchObject({ failure: 'not-streaming' })
    const codeOf = (request: string, data: object) =>
      connection.call(request, data, nothing).then(
        () => 100,
        error => (error as { code: number }).code,
      )
    await connection.call(
      'CreateInput',
      { sceneName: 'Scene', inputName: 'words', inputKind: 'text_ft2_source_v2' },
      nothing,
    )
    expect(
      await codeOf('CreateInput', {
        sceneName: 'Scene',
        inputName: 'words',
        inputKind: 'text_ft2_source_v2',
      }),
    ).toBe(601)
    expect(
      await codeOf('CreateInput', { sceneName: 'nowhere', inputName: 'a', inputKind: 'text_ft2_source_v2' }),
    ).toBe(600)
    expect(
      await codeOf('CreateInput', { sceneName: 'Scene', inputName: 'b', inputKind: 'no_such_kind' }),
    ).toBe(605)
    expect(await codeOf('GetSceneItemId', { sceneName: 'Scene', sourceName: 'nothing' })).toBe(600)
    expect(await codeOf('NoSuchRequest', {})).toBe(204)
  })

  it('tells when the scene changes', async () => {
    await connection.call('CreateScene', { sceneName: 'Talk' }, nothing)
    await connection.call('SetCurrentProgramScene', { sceneName: 'Talk' }, nothing)
    await expect.poll(() => seen).toContain('scene Talk')
    expect((await connection.scenes()).current).toBe('Talk')
  })

  it('is gone: everything that waits says so', async () => {
    await obs.stop()
    await expect.poll(() => seen).toContain('closed')
    await expect(connection.call('GetVersion', {}, nothing)).rejects.toMatchObject({
      failure: 'not-connected',
    })
    const address = { host: '127.0.0.1', port: obs.port, password: obs.password }
    await expect(connectObs(address, events)).rejects.toMatchObject({ failure: 'not-running' })
  })
})
