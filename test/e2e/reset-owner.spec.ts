import { OWNER, OWNER_ENV } from '../support/accounts.ts'
import { startTestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'

test('an owner who forgot the password follows the link of --reset-owner and is in', async ({
  page,
}, testInfo) => {
  const server = await startTestServer({ built: true, env: OWNER_ENV, args: ['--reset-owner'] })
  try {
    const link = () => /http\S+\/admin\/reset#\S+/.exec(server.output())?.[0] ?? ''
    await expect.poll(link).not.toBe('')
    const printed = link()
    await page.setViewportSize({ width: 390, height: 844 })
    await page.goto(printed)
    await expect(page.getByLabel('User name')).toHaveValue(OWNER.username)
    await page.getByLabel('Password', { exact: true }).fill('short')
    await page.getByRole('button', { name: 'Set password and sign in' }).click()
    await expect(page.getByText('Use at least 8 characters.')).toBeVisible()
    await page.screenshot({ path: testInfo.outputPath('reset.png') })
    await page.getByLabel('Password', { exact: true }).fill('one that is kept')
    await page.getByRole('button', { name: 'Set password and sign in' }).click()
    await expect(page.getByRole('textbox', { name: 'Line' })).toBeVisible()
    expect(page.url()).toBe(`${server.url}/admin`)

    // It was good once.
    await page.goto('about:blank')
    await page.goto(printed)
    await page.getByLabel('Password', { exact: true }).fill('a stranger’s own')
    await page.getByRole('button', { name: 'Set password and sign in' }).click()
    await expect(page.getByText('This link was used or is too old.')).toBeVisible()
  } finally {
    await server.dispose()
  }
})
