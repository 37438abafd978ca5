import { startTestServer } from '../support/server.ts'
import { deskOf, published } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a wrong password is said, the right one opens the desk, and signing out closes it', async ({
  browser,
}) => {
  const server = await startTestServer({ built: true, env: { ADMIN_PASSWORD: 'correct horse battery' } })
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}/admin`)
    await page.getByLabel('User name').fill('admin')
    await page.getByLabel('Password').fill('wrong password')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('alert')).toHaveText('Name or password is wrong.')
    await page.getByRole('button', { name: 'Use a token instead' }).click()
    await page.getByLabel('Token', { exact: true }).fill('no token')
    await page.getByLabel('Token', { exact: true }).press('Enter')
    await expect(page.getByText('No such token, or it was revoked.')).toBeVisible()
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in' }).first().click()
    const desk = await deskOf(page)
    await desk.say('signed in')
    await expect.poll(() => published(server)).toHaveLength(1)

    // The token runs out in the middle: a fresh one is got unseen, and the line goes out once.
    await page.route(
      '**/api/v1/rooms/lobby/messages',
      route =>
        route.fulfill({
          status: 401,
          json: { success: false, code: 401, error: 'token-expired', msg: 'expired' },
        }),
      { times: 1 },
    )
    await desk.say('after it ran out')
    await expect.poll(() => published(server)).toHaveLength(2)
    await expect(page.getByRole('dialog')).toBeHidden()

    // Nothing is left to get a fresh one with: the user is asked over the desk, by keyboard too, and loses nothing.
    await context.clearCookies()
    await page.route('**/api/v1/rooms/lobby/messages', route =>
      route.fulfill({
        status: 401,
        json: { success: false, code: 401, error: 'token-expired', msg: 'expired' },
      }),
    )
    await desk.say('kept while signed out')
    const dialog = page.getByRole('dialog', { name: 'Sign in' })
    await expect(dialog.getByLabel('User name')).toHaveValue('admin')
    await expect(dialog.getByLabel('Password')).toBeFocused()
    await page.unrouteAll()
    for (const key of ['Escape', 'Escape', 'Tab', 'Tab', 'Tab']) await page.keyboard.press(key)
    await expect(dialog).toBeVisible()
    expect(await desk.line.evaluate(field => field === document.activeElement)).toBe(false)
    await dialog.getByLabel('Password').fill('correct horse battery')
    await dialog.getByLabel('Password').press('Enter')
    await expect(dialog).toBeHidden()
    await expect.poll(() => published(server)).toHaveLength(3)

    await page.reload()
    await deskOf(page)
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByText('Signed in as admin')).toBeVisible()
    await page.getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  } finally {
    await context.close()
    await server.dispose()
  }
})
