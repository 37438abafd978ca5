import type { Page } from '@playwright/test'
import { DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { ask, expect, get, testOnOneApp as onOneApp, press, test, windowFacts } from '../electron/test.ts'

const QUICK = 'CommandOrControl+Shift+F6'

onOneApp(
  'quick-compose: hotkey, type, Enter, gone, and the line is on the stream',
  async ({ desktop, controller }) => {
    await press(desktop, QUICK)
    const quick = await desktop.window(url => url.pathname === '/quick')
    await expect.poll(() => windowFacts(desktop, '/quick')).toMatchObject({ visible: true, onTop: true })
    const [speaker, line] = [
      quick.getByRole('textbox', { name: 'Speaker' }),
      quick.getByRole('textbox', { name: /line/ }),
    ]
    await expect(line).toBeFocused()
    // The controller is enlarged by its menu; this window would show a part of its line only.
    const enlarge = (factor: number) =>
      desktop.evaluate(({ BrowserWindow }, to) => {
        for (const { webContents } of BrowserWindow.getAllWindows())
          if (webContents.getURL().includes('/admin')) webContents.setZoomFactor(to)
      }, factor)
    const zoomOf = (page: Page) => page.evaluate(() => devicePixelRatio)
    await enlarge(2)
    await expect.poll(() => zoomOf(controller)).toBe(2)
    expect(await zoomOf(quick)).toBe(1)
    await enlarge(1)
    await speaker.fill('雪')
    await line.fill('これで最後だ！')
    await quick.screenshot({ path: 'test-results/quick.png', omitBackground: true })
    await line.press('Enter')
    await expect.poll(() => windowFacts(desktop, '/quick')).toMatchObject({ visible: false })
    const { token } = await get(controller, 'owner.token')
    const { url } = await get(controller, 'server.status')
    const history = await fetch(`${url}/api/v1/rooms/lobby/messages`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await history.text()).toContain('これで最後だ！')
    expect((await get(controller, 'settings.get')).general.speaker).toBe('雪')
    await press(desktop, QUICK)
    await expect(line).toHaveValue('')
    // Who types on before the line is away keeps what they type.
    await line.fill('一')
    await line.evaluate((field: HTMLInputElement) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      field.value += '二'
    })
    await expect(line).toHaveValue('二')
    await expect.poll(() => windowFacts(desktop, '/quick')).toMatchObject({ visible: true })
    await line.press('Enter')
    await expect.poll(() => windowFacts(desktop, '/quick')).toMatchObject({ visible: false })
  },
)

onOneApp('Enter that belongs to an input method does not send', async ({ desktop, controller: _shown }) => {
  await press(desktop, QUICK)
  const quick = await desktop.window(url => url.pathname === '/quick')
  const line = quick.getByRole('textbox', { name: /line/ })
  await line.fill('にほん')
  await line.evaluate(field => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))
  })
  await expect(line).toHaveValue('にほん')
  await line.press('Escape')
  await expect.poll(() => windowFacts(desktop, '/quick')).toMatchObject({ visible: false })
})

test('a line that cannot be sent stays, with the reason', async ({ launch }) => {
  // Without the controller, which tells the app the room that it shows.
  const general = { ...DEFAULT_SETTINGS.general, room: 'nowhere' }
  const desktop = await launch({ args: ['--hidden'], settings: { general } })
  await expect.poll(() => press(desktop, QUICK)).toBe(true)
  const quick = await desktop.window(url => url.pathname === '/quick')
  const line = quick.getByRole('textbox', { name: /line/ })
  await line.fill('lost?')
  await line.press('Enter')
  await expect(quick.getByRole('alert')).toContainText(
    'Not sent. Enter tries again: the room “nowhere” does not exist any more.',
  )
  await expect(line).toHaveValue('lost?')
  await quick.screenshot({ path: 'test-results/quick-failed.png', omitBackground: true })
})

onOneApp('hotkeys are remapped, and a conflict is named', async ({ desktop, controller }) => {
  const state = async (action: string) =>
    (await get(controller, 'shortcuts.list')).find(one => one.action === action)
  const codes = async () => (await get(controller, 'notices.list')).map(one => one.code)

  await desktop.evaluate(() => void globalThis.osRecord.taken.add('alt+f2'), undefined)
  await get(controller, 'shortcuts.set', { action: 'line.next', accelerator: 'Alt+F2' })
  expect(await state('line.next')).toMatchObject({ state: 'taken', by: null })
  expect(await press(desktop, 'Alt+F2')).toBe(false)
  const [notice] = await get(controller, 'notices.list')
  expect(notice).toMatchObject({ code: 'shortcut-taken', msg: expect.stringContaining('“Next line”') })
  // The other program ends: pressing the keys in their field again is enough.
  await desktop.evaluate(() => globalThis.osRecord.taken.clear(), undefined)
  await get(controller, 'shortcuts.set', { action: 'line.next', accelerator: 'Alt+F2' })
  expect(await state('line.next')).toMatchObject({ state: 'active' })
  expect(await press(desktop, 'Alt+F2')).toBe(true)
  expect(await codes()).toEqual([])

  const twice = await get(controller, 'shortcuts.set', {
    action: 'controller.open',
    accelerator: 'Ctrl+Shift+F8',
  })
  expect(twice.find(one => one.action === 'controller.open')).toMatchObject({
    state: 'duplicate',
    by: 'line.clear',
  })
  const wrong = await get(controller, 'shortcuts.set', { action: 'controller.open', accelerator: 'Shift+A' })
  expect(wrong.find(one => one.action === 'controller.open')).toMatchObject({ state: 'invalid' })
  await get(controller, 'shortcuts.set', { action: 'controller.open', accelerator: 'Alt+Shift+F1' })
  expect(await press(desktop, 'Alt+Shift+F1')).toBe(true)
  expect(await press(desktop, 'CommandOrControl+Shift+F7')).toBe(false)
})

onOneApp('a hotkey’s field sees keys that are a hotkey already', async ({ desktop, controller }) => {
  const clear = 'CommandOrControl+Shift+F8'
  await controller.getByRole('link', { name: 'Settings' }).click()
  const field = controller.getByLabel('Open the controller')
  await field.focus()
  await expect.poll(() => press(desktop, clear)).toBe(false)
  await field.press('Control+Shift+F8')
  await expect(field).toHaveAccessibleDescription(/Clear the screen/)
  expect(await press(desktop, clear)).toBe(false)
  await field.press('Alt+Shift+F1')
  await expect(field).not.toHaveAccessibleDescription(/Clear the screen/)
  await field.blur()
  await expect.poll(() => press(desktop, 'Alt+Shift+F1')).toBe(true)
  // Away from the window it is a game's keyboard again, whatever the page still waits for.
  await field.focus()
  await expect.poll(() => press(desktop, 'Alt+Shift+F1')).toBe(false)
  await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow()?.blur(), undefined)
  expect(await press(desktop, 'Alt+Shift+F1')).toBe(true)
  await controller.getByRole('link', { name: 'Live' }).click()
})

onOneApp('a page that is loaded again gives the keys back', async ({ desktop, controller }) => {
  const clear = 'CommandOrControl+Shift+F8'
  // It was waiting for the keys of a hotkey.
  await get(controller, 'shortcuts.pause', { on: true })
  expect(await press(desktop, clear)).toBe(false)
  await controller.reload()
  expect(await press(desktop, clear)).toBe(true)
})

onOneApp('a phrase on a hotkey is sent', async ({ desktop, controller }) => {
  const { token } = await get(controller, 'owner.token')
  const { url } = await get(controller, 'server.status')
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const phrase = { title: 'Go', speaker: '雪', text: '冲！冲刺！', hotkey: 'Ctrl+Alt+1' }
  const body = JSON.stringify(phrase)
  const kept = await fetch(`${url}/api/v1/phrases`, { method: 'POST', headers, body })
  expect(kept.status).toBe(201)
  // The controller tells the app which phrases have a hotkey once it has read them.
  await controller.reload()
  const first = async () =>
    (await get(controller, 'shortcuts.list')).find(one => one.action === 'phrase.1') ?? null
  await expect.poll(first).toMatchObject({ accelerator: 'CommandOrControl+Alt+1', state: 'active' })
  await press(desktop, 'CommandOrControl+Alt+1')
  const history = async () => (await fetch(`${url}/api/v1/rooms/lobby/messages`, { headers })).text()
  await expect.poll(history).toContain('冲！冲刺！')
  const { id } = (await kept.json()).phrase
  expect((await fetch(`${url}/api/v1/phrases/${id}`, { method: 'DELETE', headers })).ok).toBe(true)
  await expect.poll(first).toBeNull()
})

onOneApp('next and clear go out to the room', async ({ desktop, controller }) => {
  const { url } = await get(controller, 'server.status')
  const stop = new AbortController()
  const stream = await fetch(`${url}/api/v1/rooms/lobby/events`, { signal: stop.signal })
  let heard = ''
  const reading = (async () => {
    for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) heard += chunk
  })().catch(() => undefined)
  await expect.poll(() => heard).toContain('hello')
  await press(desktop, 'CommandOrControl+Shift+F7')
  await expect.poll(() => heard).toContain('"action":"next"')
  await press(desktop, 'CommandOrControl+Shift+F8')
  await expect.poll(() => heard).toContain('"action":"clear"')
  stop.abort()
  await reading
})

onOneApp('the page of a window may not ask what is another window’s', async ({ desktop, controller }) => {
  expect(await ask(controller, 'quick.send', { text: 'x', speaker: '' })).toMatchObject({
    ok: false,
    code: 'refused',
  })
  await press(desktop, QUICK)
  const quick = await desktop.window(url => url.pathname === '/quick')
  expect(await ask(quick, 'owner.token')).toMatchObject({ ok: false, code: 'refused' })
})
