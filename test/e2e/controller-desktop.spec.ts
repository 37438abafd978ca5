import { expect, get, test } from '../electron/test.ts'

test('the settings of the app are changed from the controller, and a hotkey that cannot be is named', async ({
  controller,
}) => {
  await controller.evaluate(() =>
    localStorage.setItem('streaming-message.preferences', JSON.stringify({ language: 'en', welcomed: true })),
  )
  await controller.reload()
  await controller.getByRole('link', { name: 'Settings' }).click()

  const overlay = controller.getByRole('region', { name: 'Overlay 1' })
  await overlay.getByRole('switch', { name: 'Show' }).check()
  await expect.poll(async () => (await get(controller, 'overlay.list'))[0]?.shown).toBe(true)

  const next = controller.getByLabel('Next line', { exact: true })
  await next.press('Control+Shift+F2')
  await expect(next).toHaveValue('Ctrl+Shift+F2')
  await controller.getByLabel('Quick input over the game').press('Control+Shift+F2')
  await expect(controller.getByRole('alert')).toContainText('Used already for “Next line”')
  await controller.getByLabel('Quick input over the game').press('x')
  await expect(controller.getByRole('alert')).toContainText('cannot be a hotkey')
  await controller.getByLabel('Quick input over the game').press('Backspace')
  await expect(controller.getByRole('alert')).toHaveCount(0)

  await controller.getByRole('switch', { name: 'Start behind the tray icon' }).check()
  await expect.poll(async () => (await get(controller, 'settings.get')).general.startHidden).toBe(true)
})

test('a phrase with a key becomes a hotkey of the app', async ({ controller }) => {
  await controller.evaluate(() =>
    localStorage.setItem('streaming-message.preferences', JSON.stringify({ language: 'en', welcomed: true })),
  )
  await controller.reload()
  await controller.getByRole('link', { name: 'Phrases' }).click()
  await controller.getByRole('button', { name: 'New phrase' }).click()
  await controller.getByLabel('Text', { exact: true }).fill('Be right back')
  await controller.getByLabel('Key', { exact: true }).press('Control+Shift+F4')
  await controller.getByRole('button', { name: 'Save' }).click()
  await expect
    .poll(async () => (await get(controller, 'settings.get')).phrases)
    .toEqual([{ accelerator: 'CommandOrControl+Shift+F4', speaker: '', text: 'Be right back' }])
})
