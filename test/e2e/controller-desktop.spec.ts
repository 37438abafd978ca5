import type { Page } from '@playwright/test'
import { expect, get, testOnOneApp as onOneApp, test, windowFacts } from '../electron/test.ts'
import { startFakeObs } from '../obs/fake-obs.ts'

async function openSection(controller: Page, section: string): Promise<void> {
  await controller.evaluate(() =>
    localStorage.setItem('streaming-message.preferences', JSON.stringify({ language: 'en', welcomed: true })),
  )
  await controller.reload()
  await controller.getByRole('link', { name: section }).click()
}

onOneApp(
  'hotkeys are changed from the controller; one that cannot be, or that another program holds, is named',
  async ({ desktop, controller }) => {
    await openSection(controller, 'Settings')
    const next = controller.getByLabel('Next line', { exact: true })
    await next.press('Control+Shift+F2')
    await expect(next).toHaveValue('Ctrl+Shift+F2')
    const quick = controller.getByLabel('Quick compose over the game')
    await quick.press('Control+Shift+F2')
    await expect(controller.getByRole('alert')).toContainText('Used already for “Next line”')
    await quick.press('x')
    await expect(controller.getByRole('alert')).toContainText('cannot be a hotkey')
    await desktop.evaluate(() => void globalThis.osRecord.taken.add('alt+f2'), undefined)
    await quick.press('Alt+F2')
    await expect(controller.getByRole('alert')).toContainText('Another program uses these keys')
    await quick.press('Backspace')
    await expect(controller.getByRole('alert')).toHaveCount(0)

    // Tray and menus speak the language of the controller, and the system's again.
    const language = async () => (await get(controller, 'settings.get')).general.language
    await controller.getByLabel('Language').selectOption('日本語')
    await expect.poll(language).toBe('ja')
    await controller.getByLabel('言語').selectOption({ index: 0 })
    await expect.poll(language).toBe('')
    await controller.getByLabel('Language').selectOption('English')

    await controller.getByRole('switch', { name: 'Start behind the tray icon' }).check()
    await expect.poll(async () => (await get(controller, 'settings.get')).general.startHidden).toBe(true)
  },
)

onOneApp('diagnostics tell of the app, its log and the page', async ({ controller }) => {
  await openSection(controller, 'Settings')
  await controller.evaluate(() =>
    Object.assign(navigator.clipboard, {
      writeText: async (text: string) => document.body.setAttribute('data-copied', text),
    }),
  )
  await controller.getByRole('button', { name: 'Copy diagnostics' }).click()
  await expect(controller.getByText('Copied')).toBeVisible()
  const copied = await controller.locator('body').getAttribute('data-copied')
  // The app's state, a line of its log, and what the page knows.
  expect(copied).toMatch(/server running[\s\S]* ready\n[\s\S]*"browser":/)
})

onOneApp(
  'overlays are added, named, given a layout and a display, and removed from the controller',
  async ({ desktop, controller }) => {
    await openSection(controller, 'Settings')
    const first = controller.getByRole('region', { name: 'Overlay 1' })
    await first.getByRole('switch', { name: 'Show' }).check()
    await expect.poll(async () => (await get(controller, 'overlay.list'))[0]?.shown).toBe(true)

    await controller.getByRole('button', { name: 'Add an overlay' }).click()
    const second = controller.getByRole('region', { name: 'Overlay 2' })
    await second.getByLabel('Name').fill('Chat')
    await second.getByLabel('Name').press('Enter')
    const chat = controller.getByRole('region', { name: 'Chat' })
    await chat.getByLabel('Layout').selectOption('Chat list')
    await chat.getByLabel('Background').selectOption('Green')
    await chat.getByLabel('Display').selectOption({ index: 1 })
    const last = async () => (await get(controller, 'overlay.list')).at(-1)
    await expect
      .poll(last)
      .toMatchObject({ name: 'Chat', layout: 'chat', ground: 'green', display: expect.any(Number) })
    await expect.poll(() => windowFacts(desktop, 'layout=chat')).toMatchObject({ visible: true })

    await chat.getByRole('button', { name: 'Remove' }).click()
    await chat.getByRole('button', { name: 'Really delete?' }).click()
    await expect(chat).toHaveCount(0)
    await expect.poll(() => windowFacts(desktop, 'layout=chat')).toBeUndefined()
    // The last one stays: tray and hotkeys speak of it.
    await expect(first.getByRole('button', { name: 'Remove' })).toHaveCount(0)
  },
)

onOneApp(
  'OBS is connected, given the source and told what its scenes do, from the controller',
  async ({ controller }) => {
    const obs = await startFakeObs({ password: 'right' })
    await openSection(controller, 'Settings')
    const panel = controller.getByRole('region', { name: 'OBS', exact: true })
    // What cannot be a port stays to be mended, and nothing comes of it.
    await panel.getByLabel('Port').fill('99999')
    await panel.getByLabel('Port').press('Tab')
    await expect(panel.getByRole('alert')).toContainText('A port is a number from 1 to 65535.')
    await expect(panel.getByLabel('Port')).toHaveValue('99999')
    await panel.getByLabel('Port').fill(String(obs.port))
    await panel.getByLabel('Port').press('Tab')
    await panel.getByLabel('Password').fill('wrong')
    await panel.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(panel.getByRole('alert')).toContainText('OBS refused the password')
    await expect(panel.getByLabel('Password')).toHaveValue('wrong')
    await panel.getByLabel('Password').fill('right')
    await panel.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(panel.getByRole('status').first()).toContainText('Scene: Game')

    await panel.getByLabel('Scene', { exact: true }).selectOption('Talk')
    await panel.getByRole('button', { name: 'Put it into the scene' }).click()
    await expect(panel).toContainText('“Streaming Message” is in the scene “Talk”.')
    expect(obs.scenes.get('Talk')).toEqual(['Streaming Message'])
    await panel.getByRole('button', { name: 'Refresh in OBS' }).click()
    await expect(panel).toContainText('1 source was refreshed.')

    await panel.getByRole('switch', { name: 'Follow the scenes of OBS' }).check()
    await panel.getByRole('button', { name: 'For “Talk”' }).click()
    const rule = panel.getByRole('region', { name: 'Talk' })
    await rule.getByLabel('Theme').selectOption('Visual novel')
    await rule.getByLabel('Variant').selectOption('Paper')
    await rule.getByLabel('Layout').selectOption('Subtitle')
    const rules = async () => (await get(controller, 'settings.get')).obs.scenes
    const expected = {
      scene: 'Talk',
      room: '',
      theme: 'novel',
      variant: 'paper',
      layout: 'subtitle',
      stage: '',
    }
    await expect.poll(rules).toEqual([expected])
    obs.switchScene('Talk')
    await expect(rule).toContainText('on now')
    const look = () =>
      controller.evaluate(async () => {
        const token = await window.desktop?.call('owner.token')
        const authorization = `Bearer ${token?.ok && token.value.token}`
        const answer = await fetch('/api/v1/rooms/lobby', { headers: { authorization } })
        return (await answer.json()).room.settings.look
      })
    await expect.poll(look).toMatchObject({ theme: 'novel', variant: 'paper', layout: 'subtitle' })

    await panel.getByRole('button', { name: 'Disconnect' }).click()
    await expect(panel.getByRole('status').first()).toContainText('Not connected')
    await obs.close()
  },
)

test('a phrase with a key becomes a hotkey of the app; a password is set, and then changed by naming it', async ({
  controller,
}) => {
  await openSection(controller, 'Phrases')
  await controller.getByRole('button', { name: 'New phrase' }).click()
  await controller.getByLabel('Text', { exact: true }).fill('Be right back')
  await controller.getByLabel('Key', { exact: true }).press('Control+Shift+F4')
  await controller.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await get(controller, 'settings.get')).phrases)
    .toEqual([{ accelerator: 'CommandOrControl+Shift+F4', speaker: '', text: 'Be right back' }])

  await controller.getByRole('link', { name: 'Settings' }).click()
  const change = controller.getByRole('button', { name: 'Change the password' })
  await controller.getByLabel('New password').fill('the first of all')
  await change.click()
  await expect(controller.getByText('The password is changed.')).toBeVisible()
  await controller.getByLabel('Current password').fill('the first of all')
  await controller.getByLabel('New password').fill('another one now')
  await change.click()
  await expect(controller.getByLabel('New password')).toHaveValue('')
  await expect(controller.getByText('The password is changed.')).toBeVisible()
})
