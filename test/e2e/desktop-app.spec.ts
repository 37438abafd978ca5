import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { electronPath } from '../electron/driver.ts'
import {
  ask,
  controllerOf,
  expect,
  get,
  testOnOneApp as onOneApp,
  press,
  publish,
  test,
  willAnswer,
} from '../electron/test.ts'

test.describe('settings', () => {
  test('a corrupt file is put aside, defaults are taken, and it is said so', async ({
    launch,
    folder: userData,
  }) => {
    const content = '{"version": 1, "ser'
    writeFileSync(join(userData, 'desktop.json'), content)
    const controller = await controllerOf(await launch({ userData }))
    const [notice] = await get(controller, 'notices.list')
    expect(notice?.code).toBe('settings-corrupt')
    expect(readFileSync(notice?.params.path ?? '', 'utf8')).toBe(content)
    await get(controller, 'notices.dismiss', { id: notice?.id ?? 0 })
    expect(await get(controller, 'notices.list')).toEqual([])
  })

  test('and the place of the window are kept over a restart, and a wrong change is refused', async ({
    launch,
    folder: userData,
  }) => {
    const first = await launch({ userData })
    const controller = await controllerOf(first)
    await get(controller, 'settings.change', { general: { language: 'ja' } })
    const refused = await ask(controller, 'settings.change', { general: { language: 'xx' as 'ja' } })
    expect(refused).toMatchObject({ ok: false, code: 'invalid-input' })
    const place = { x: 111, y: 77, width: 900, height: 640 }
    await first.evaluate(
      ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
      place,
    )
    await first.close()
    const second = await launch({ userData })
    const again = await controllerOf(second)
    expect((await get(again, 'settings.get')).general.language).toBe('ja')
    const bounds = () =>
      second.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds(), undefined)
    expect(await bounds()).toEqual(place)
  })
})

test.describe('the server in the app', () => {
  test('takes the next free port where the asked one is taken, and says so', async ({ launch }) => {
    const other = createServer((_request, response) => response.end('other')).listen(0, '127.0.0.1')
    await new Promise(done => other.once('listening', done))
    const { port } = other.address() as AddressInfo
    const controller = await controllerOf(await launch({ env: { PORT: String(port) } }))
    const status = await get(controller, 'server.status')
    expect(status.wantedPort).toBe(port)
    expect(status.port).not.toBe(port)
    expect((await get(controller, 'notices.list'))[0]).toMatchObject({ code: 'port-taken' })
    expect((await publish(controller, 'lobby', 'hi')).status).toBe(202)
    other.close()
  })

  test('opens to the LAN and back, and the controller comes back by itself', async ({ launch }) => {
    const desktop = await launch({ env: { HOST: '', PORT: '' } })
    const controller = await controllerOf(desktop)
    const before = await get(controller, 'server.status')
    const open = await get(controller, 'server.change', { lan: true })
    expect(open).toMatchObject({ lan: true, port: before.port, url: before.url })
    expect(open.lanUrls.every(url => url.endsWith(`:${before.port}`))).toBe(true)
    for (const url of open.lanUrls) expect((await fetch(`${url}/healthz`)).ok).toBe(true)
    const closed = await get(controller, 'server.change', { lan: false })
    expect(closed.lanUrls).toEqual([])
    for (const url of open.lanUrls) await expect(fetch(`${url}/healthz`)).rejects.toThrow()
    expect((await publish(controller, 'lobby', 'still here')).status).toBe(202)
  })

  test('another port: the windows follow', async ({ desktop, controller }) => {
    const probe = createServer().listen(0, '127.0.0.1')
    await new Promise(done => probe.once('listening', done))
    const { port } = probe.address() as AddressInfo
    await new Promise(done => probe.close(done))
    await desktop.evaluate((_electron, value) => {
      process.env.PORT = String(value)
    }, port)
    await get(controller, 'server.change', { port }).catch(() => undefined)
    const moved = await desktop.window(url => url.port === String(port) && url.pathname.startsWith('/admin'))
    await moved.waitForLoadState()
    expect((await get(moved, 'server.status')).port).toBe(port)
  })

  test('a data folder that cannot be used: the user chooses another', async ({
    launch,
    folder: userData,
  }) => {
    const blocked = join(userData, 'file')
    writeFileSync(blocked, '')
    const usable = join(userData, 'usable')
    mkdirSync(usable)
    writeFileSync(
      join(userData, 'answers.json'),
      JSON.stringify([{ response: 0 }, { canceled: false, filePaths: [usable] }]),
    )
    const desktop = await launch({
      userData,
      env: { DATA_DIR: '', OS_ANSWERS: join(userData, 'answers.json') },
      settings: { server: { port: 0, lan: false, dataDir: join(blocked, 'data') } },
    })
    const controller = await controllerOf(desktop)
    expect((await get(controller, 'server.status')).dataDir).toBe(usable)
    const [asked] = await desktop.calls('dialog.showMessageBox')
    expect(asked?.args[0]).toMatchObject({
      type: 'error',
      buttons: ['Choose another folder…', 'Use the app’s own folder', 'Try again', 'Quit'],
      detail: expect.stringMatching(/^Nothing can be written there\. Choose another folder/),
    })
  })
})

test('a data folder chosen by mistake: back to the one before', async ({ launch, folder }) => {
  const desktop = await launch({ env: { DATA_DIR: '' } })
  const controller = await controllerOf(desktop)
  const { dataDir } = await get(controller, 'server.status')
  const file = join(folder, 'file')
  writeFileSync(file, '')
  await willAnswer(desktop, { canceled: false, filePaths: [file] }, { response: 1 })
  await get(controller, 'server.chooseDataDir').catch(() => undefined)
  const buttons = async () =>
    ((await desktop.calls('dialog.showMessageBox')).at(-1)?.args[0] as { buttons: string[] } | undefined)
      ?.buttons
  await expect
    .poll(buttons)
    .toEqual(['Choose another folder…', 'Back to the folder before', 'Try again', 'Quit'])
  await expect
    // The page may be on its way to the server of that folder.
    .poll(async () => get(await controllerOf(desktop), 'server.status').catch(() => null))
    .toMatchObject({ state: 'running', dataDir })
  // The preview of the page before, which found its server moved, is no link that anybody clicked.
  expect(await desktop.calls('dialog.showMessageBox')).toHaveLength(1)
})

test('a profile folder that cannot be written: the app comes up all the same', async ({ launch, folder }) => {
  test.skip(
    electronPath !== undefined,
    'Electron takes its default folder where the given one cannot be made',
  )
  writeFileSync(join(folder, 'file'), '')
  const usable = join(folder, 'usable')
  mkdirSync(usable)
  const answers = [{ response: 0 }, { canceled: false, filePaths: [usable] }]
  writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers))
  const desktop = await launch({
    userData: join(folder, 'file/profile'),
    env: { DATA_DIR: '', OS_ANSWERS: join(folder, 'answers.json') },
  })
  const controller = await controllerOf(desktop)
  expect((await get(controller, 'server.status')).dataDir).toBe(usable)
  const codes = async () => (await get(controller, 'notices.list')).map(one => one.code)
  await expect.poll(codes).toContain('settings-unwritable')
})

test.describe('deep links', () => {
  onOneApp('open the controller at a room that is here', async ({ launch, desktop, controller }) => {
    await controller.evaluate(() => {
      window.desktop?.on('openRoom', ({ room }) => document.body.setAttribute('data-room', room))
    })
    const second = await launch({ userData: desktop.userData, args: ['streaming-message://room/lobby'] })
    await second.exited
    await expect(controller.locator('body')).toHaveAttribute('data-room', 'lobby')
  })

  test('start the app at that room, and the next start is there too', async ({ launch, folder }) => {
    // Four starts.
    test.slow()
    const first = await launch({ userData: folder })
    const page = await controllerOf(first)
    const { token } = await get(page, 'owner.token')
    const made = await fetch(`${new URL(page.url()).origin}/api/v1/rooms`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id: 'game' }),
    })
    expect(made.status).toBe(201)
    await first.close()
    for (const args of [['streaming-message://room/game'], []]) {
      const desktop = await launch({ userData: folder, args })
      const controller = await controllerOf(desktop)
      await expect(controller).toHaveURL(/\/admin\?room=game$/)
      await expect.poll(async () => (await get(controller, 'settings.get')).general.room).toBe('game')
      await desktop.close()
    }
    // The room went while the app was closed, as with another data folder.
    const elsewhere = await launch({ userData: folder, env: { DATA_DIR: join(folder, 'other') } })
    const controller = await controllerOf(elsewhere)
    await expect.poll(async () => (await get(controller, 'settings.get')).general.room).toBe('lobby')
    await expect(controller).toHaveURL(/\/admin$/)
  })

  onOneApp('from a stranger do nothing but say so', async ({ launch, desktop, controller }) => {
    for (const link of ['streaming-message://send/lobby?msg=hi', 'streaming-message://room/elsewhere']) {
      const second = await launch({ userData: desktop.userData, args: [link] })
      await second.exited
    }
    const codes = async () => (await get(controller, 'notices.list')).map(one => one.code)
    await expect.poll(codes).toEqual(['link-refused', 'link-unknown-room'])
  })
})

test.describe('safety', () => {
  onOneApp(
    'no page leaves our server, and a link opens outside only after a question',
    async ({ desktop, controller }) => {
      const { url } = await get(controller, 'server.status')
      await willAnswer(desktop, { response: 1 }, { response: 0 })
      for (let count = 0; count < 2; count += 1) {
        await controller.evaluate(() => window.open('https://example.com/page'))
      }
      await expect.poll(() => desktop.calls('shell.openExternal')).toHaveLength(1)
      expect((await desktop.calls('dialog.showMessageBox')).length).toBe(2)
      await controller.evaluate(() => {
        location.href = 'http://127.0.0.1:9/'
      })
      await expect.poll(async () => (await desktop.calls('dialog.showMessageBox')).length).toBe(3)
      expect(controller.url().startsWith(url)).toBe(true)
      await controller.evaluate(() => window.open('/lobby'))
      await expect
        .poll(async () => (await desktop.calls('shell.openExternal')).at(-1)?.args[0])
        .toBe(`${url}/lobby`)
      expect((await desktop.calls('dialog.showMessageBox')).length).toBe(3)
      expect(desktop.windows().filter(page => page.url().includes('example.com'))).toEqual([])
    },
  )

  onOneApp('pages are isolated, without Node, and denied every permission', async ({ controller }) => {
    expect(await controller.evaluate(() => [typeof require, typeof process])).toEqual([
      'undefined',
      'undefined',
    ])
    const asked = await controller.evaluate(async () => {
      const camera = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
        () => 'given',
        () => 'denied',
      )
      return [camera, await Notification.requestPermission()]
    })
    expect(asked).toEqual(['denied', 'denied'])
    // What the preload gave is frozen, and the preload's own world is not the page's.
    const bridge = await controller.evaluate(() => [Object.isFrozen(window.desktop), 'ipcRenderer' in window])
    expect(bridge).toEqual([true, false])
    // Not even `ipcRenderer` itself, which is what a call of it answers.
    expect(await controller.evaluate(() => window.desktop?.on('openRoom', () => undefined)())).toBe(undefined)
  })

  onOneApp(
    'a call that is not of the table, or with a wrong input, is a value, not a crash',
    async ({ controller }) => {
      const raw = (name: string, input: unknown) =>
        controller.evaluate(
          ([asked, given]) => {
            const call = window.desktop?.call as unknown as (name: unknown, input: unknown) => Promise<object>
            return call(asked, given)
          },
          [name, input] as const,
        )
      expect(await raw('shell.run', 'rm')).toMatchObject({ ok: false, code: 'refused' })
      expect(await raw('constructor', 1)).toMatchObject({ ok: false, code: 'refused' })
      expect(await raw('overlay.edit', { id: '../x', on: 'yes' })).toMatchObject({
        ok: false,
        code: 'invalid-input',
      })
      expect(await raw('overlay.edit', { id: 'none', on: true })).toMatchObject({
        ok: false,
        code: 'not-found',
      })
      expect(await raw('app.openLink', { url: 'file:///etc/passwd' })).toMatchObject({
        ok: false,
        code: 'invalid-input',
      })
    },
  )
})

test('the controller crashes: it comes back, and the server never stopped', async ({
  desktop,
  controller,
}) => {
  const { url } = await get(controller, 'server.status')
  const alive = setInterval(() => fetch(`${url}/healthz`).catch(() => failures.push(1)), 20)
  const failures: number[] = []
  // It was waiting for the keys of a hotkey.
  await get(controller, 'shortcuts.pause', { on: true })
  await desktop.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  }, undefined)
  const logged = () => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')
  await expect.poll(logged).toContain('controller window gone')
  await expect
    .poll(async () =>
      get(await controllerOf(desktop), 'notices.list').then(
        list => list[0]?.code,
        () => '',
      ),
    )
    .toBe('window-restarted')
  clearInterval(alive)
  expect(failures).toEqual([])
  expect(await press(desktop, 'CommandOrControl+Shift+F8')).toBe(true)
})

onOneApp('after sleep everything is looked at again', async ({ desktop, controller }) => {
  await desktop.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'), undefined)
  const logged = () => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')
  await expect.poll(logged).toContain('awake again')
  expect((await get(controller, 'server.status')).state).toBe('running')
})

onOneApp('diagnostics are copied, without secrets', async ({ desktop, controller }) => {
  const { token } = await get(controller, 'owner.token')
  await controller.evaluate(() => console.error('a part of the page broke'))
  const logged = () => readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')
  await expect.poll(logged).toContain('controller page: a part of the page broke')
  const { text } = await get(controller, 'app.copyDiagnostics')
  expect(text).toContain('a part of the page broke')
  expect(text).toContain('Streaming Message ')
  expect(text).toContain('server running')
  expect(text).not.toContain(token)
  expect(await desktop.evaluate(({ clipboard }) => clipboard.readText(), undefined)).toBe(text)
})

test('settings that cannot be written last for this run, and that is said', async ({ launch, folder }) => {
  // Where the fresh file would be written before it takes the old one's place.
  mkdirSync(join(folder, 'desktop.json.new'))
  const controller = await controllerOf(await launch({ userData: folder }))
  await get(controller, 'settings.change', { streamerOnly: true })
  const codes = async () => (await get(controller, 'notices.list')).map(one => one.code)
  await expect.poll(codes).toContain('settings-unwritable')
  expect((await get(controller, 'settings.get')).streamerOnly).toBe(true)
})
