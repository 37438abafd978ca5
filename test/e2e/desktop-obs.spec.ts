import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { WebSocketServer } from 'ws'
import { ask, controllerOf, expect, get, testOnOneApp as onOneApp, publish, test } from '../electron/test.ts'
import { type FakeObs, type FakeObsOptions, startFakeObs } from '../obs/fake-obs.ts'

const opened: FakeObs[] = []
test.afterEach(async () => {
  for (const obs of opened.splice(0)) await obs.close()
})

async function fake(controller: Page, options: FakeObsOptions = {}): Promise<FakeObs> {
  const obs = await startFakeObs(options)
  opened.push(obs)
  await get(controller, 'settings.change', { obs: { port: obs.port } })
  return obs
}

test.describe('connecting fails with one clear reason', () => {
  onOneApp('OBS is not running, and is found once it is', async ({ controller }) => {
    const early = await fake(controller)
    await early.close()
    expect(await get(controller, 'obs.connect', {})).toMatchObject({
      state: 'failed',
      failure: 'not-running',
    })
    opened.push(await startFakeObs({ port: early.port }))
    await expect.poll(async () => (await get(controller, 'obs.status')).state).toBe('connected')
  })

  onOneApp('the password is wrong, or missing', async ({ controller }) => {
    await fake(controller, { password: 'right' })
    expect(await get(controller, 'obs.connect', {})).toMatchObject({ failure: 'password-needed' })
    expect(await get(controller, 'obs.connect', { password: 'wrong' })).toMatchObject({
      failure: 'wrong-password',
    })
    const connected = await get(controller, 'obs.connect', { password: 'right' })
    expect(connected).toMatchObject({
      state: 'connected',
      failure: null,
      scenes: ['Game', 'Talk'],
      currentScene: 'Game',
    })
  })

  onOneApp('OBS is too old', async ({ controller }) => {
    await fake(controller, { version: '4.9.1' })
    expect(await get(controller, 'obs.connect', {})).toMatchObject({ failure: 'too-old' })
  })

  onOneApp('something else answers there', async ({ controller }) => {
    const web = createServer((_request, response) => response.end('<h1>not OBS</h1>')).listen(0, '127.0.0.1')
    await new Promise(ready => web.once('listening', ready))
    await get(controller, 'settings.change', { obs: { port: (web.address() as AddressInfo).port } })
    expect(await get(controller, 'obs.connect', {})).toMatchObject({ failure: 'nonsense' })
    web.close()
  })

  onOneApp('what answers talks nonsense', async ({ controller }) => {
    const server = new WebSocketServer({
      port: 0,
      host: '127.0.0.1',
      handleProtocols: () => 'obswebsocket.json',
    })
    await new Promise(ready => server.once('listening', ready))
    server.on('connection', socket => {
      socket.send('{{{{')
      socket.send('null')
      socket.send(JSON.stringify({ op: 0, d: { rpcVersion: 1 } }))
      socket.on('message', raw => {
        const { op, d } = JSON.parse(String(raw))
        if (op === 1) socket.send(JSON.stringify({ op: 2, d: {} }))
        const requestStatus = { result: true, code: 100 }
        const responseData = { obsVersion: 7, scenes: 'many' }
        if (op === 6)
          socket.send(JSON.stringify({ op: 7, d: { requestId: d.requestId, requestStatus, responseData } }))
      })
    })
    await get(controller, 'settings.change', { obs: { port: (server.address() as AddressInfo).port } })
    expect(await get(controller, 'obs.connect', {})).toMatchObject({ failure: 'nonsense' })
    for (const client of server.clients) client.terminate()
    await new Promise(closed => server.close(closed))
  })
})

test('the password lies in the key store, and is used at the next start', async ({ launch, folder }) => {
  const first = await launch({ userData: folder })
  const controller = await controllerOf(first)
  await fake(controller, { password: 'hunter2-hunter2' })
  const connected = await get(controller, 'obs.connect', { password: 'hunter2-hunter2' })
  expect(connected).toMatchObject({ state: 'connected', hasPassword: true, passwordNotKept: false })
  const files = ['secrets.json', 'desktop.json', 'logs/main.log'].map(name => join(first.userData, name))
  await first.close()
  for (const file of files) expect(readFileSync(file, 'utf8')).not.toContain('hunter2')

  const again = await controllerOf(await launch({ userData: folder }))
  await expect.poll(async () => (await get(again, 'obs.status')).state).toBe('connected')
  expect(await get(again, 'obs.forgetPassword')).toMatchObject({ hasPassword: false })
})

test('without a key store the password is kept for this run only, and that is said', async ({ launch }) => {
  test.skip(process.platform !== 'linux', 'only Linux can lack a key store')
  const desktop = await launch({ args: ['--password-store=basic'], env: { STAND_IN_SECRETS: 'basic_text' } })
  const controller = await controllerOf(desktop)
  await fake(controller, { password: 'hunter2-hunter2' })
  const connected = await get(controller, 'obs.connect', { password: 'hunter2-hunter2' })
  expect(connected).toMatchObject({ state: 'connected', hasPassword: true, passwordNotKept: true })
  expect(() => readFileSync(join(desktop.userData, 'secrets.json'))).toThrow(/ENOENT/)
})

test.describe('the browser source', () => {
  onOneApp(
    'is created in the scene of choice, brought up to date, and put where it is missing',
    async ({ controller }) => {
      const obs = await fake(controller)
      await get(controller, 'obs.connect', {})
      const put = (scene: string) => get(controller, 'obs.putSource', { scene, room: 'lobby' })
      expect(await put('Talk')).toEqual({ created: true, name: 'Streaming Message' })
      const { url } = await get(controller, 'server.status')
      const source = obs.inputs.get('Streaming Message')
      expect(source?.settings).toMatchObject({
        width: 1920,
        height: 1080,
        reroute_audio: true,
        shutdown: false,
      })
      expect(String(source?.settings.url)).toMatch(`${url}/lobby`)
      expect((await fetch(String(source?.settings.url))).ok).toBe(true)
      expect(obs.scenes.get('Talk')).toEqual(['Streaming Message'])

      await get(controller, 'settings.change', { obs: { width: 1280, height: 720 } })
      expect(await put('Game')).toEqual({ created: false, name: 'Streaming Message' })
      expect(source?.settings).toMatchObject({ width: 1280, height: 720 })
      expect(obs.scenes.get('Game')).toEqual(['Streaming Message'])
      expect((await get(controller, 'obs.status')).sources).toHaveLength(1)
    },
  )

  onOneApp('cannot be made: each reason has a name', async ({ controller }) => {
    const without = await fake(controller, { kinds: ['color_source'] })
    await get(controller, 'obs.connect', {})
    const put = (scene: string) => ask(controller, 'obs.putSource', { scene, room: 'lobby' })
    expect(await put('Game')).toMatchObject({ ok: false, code: 'no-browser-source', msg: /browser source/ })
    await get(controller, 'obs.disconnect')
    expect(await put('Game')).toMatchObject({ ok: false, code: 'not-connected' })
    expect(without.inputs.size).toBe(0)

    const obs = await fake(controller)
    await get(controller, 'obs.connect', {})
    expect(await put('Gone')).toMatchObject({ ok: false, code: 'scene-missing' })
    obs.inputs.set('Streaming Message', { kind: 'color_source', settings: {} })
    expect(await put('Game')).toMatchObject({ ok: false, code: 'name-taken' })
  })

  onOneApp(
    'that OBS opened before the app is refreshed once connected, and no other is touched',
    async ({ controller }) => {
      const obs = await fake(controller)
      const { url } = await get(controller, 'server.status')
      obs.inputs.set('Dialogue', { kind: 'browser_source', settings: { url: `${url}/lobby` } })
      obs.inputs.set('Alerts', { kind: 'browser_source', settings: { url: 'https://example.com/alerts' } })
      await get(controller, 'obs.connect', {})
      const presses = obs.calls.filter(one => one.type === 'PressInputPropertiesButton').map(one => one.data)
      expect(presses).toEqual([{ inputName: 'Dialogue', propertyName: 'refreshnocache' }])
    },
  )
})

onOneApp('scenes change the room: theme, layout, shown or hidden', async ({ controller }) => {
  const obs = await fake(controller)
  const rule = {
    scene: 'Talk',
    room: '',
    theme: 'novel',
    variant: 'paper',
    layout: 'subtitle',
    stage: '' as const,
  }
  await get(controller, 'settings.change', { obs: { followScenes: true } })
  await get(controller, 'obs.setScenes', { scenes: [rule] })
  await get(controller, 'obs.connect', {})
  obs.switchScene('Talk')
  const { token } = await get(controller, 'owner.token')
  const { url } = await get(controller, 'server.status')
  const look = async () => {
    const response = await fetch(`${url}/api/v1/rooms/lobby`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return (await response.json()).room.settings.look
  }
  await expect.poll(look).toMatchObject({ theme: 'novel', variant: 'paper', layout: 'subtitle' })
  expect((await get(controller, 'obs.status')).currentScene).toBe('Talk')
})

onOneApp('lines are captions of the stream, without their markup', async ({ controller }) => {
  const obs = await fake(controller)
  obs.streaming = true
  await get(controller, 'settings.change', { obs: { captions: true } })
  await get(controller, 'obs.connect', {})
  const said = async () => {
    await publish(controller, 'lobby', '[b]冲！[/b]冲刺！')
    return obs.calls.filter(one => one.type === 'SendStreamCaption').map(one => one.data.captionText)
  }
  await expect.poll(said).toContain('雪: 冲！冲刺！')
})

onOneApp('OBS is closed and comes back', async ({ controller }) => {
  const obs = await fake(controller)
  await get(controller, 'obs.connect', {})
  await obs.close()
  await expect
    .poll(() => get(controller, 'obs.status'))
    .toMatchObject({ state: 'failed', failure: 'not-running' })
  opened.push(await startFakeObs({ port: obs.port }))
  await expect.poll(async () => (await get(controller, 'obs.status')).state).toBe('connected')
})
