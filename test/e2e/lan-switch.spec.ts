import { expect, test } from './fixtures.ts'
import { signUp } from './sign-up.ts'

test('one switch opens the server to the LAN, says who can do what, and closes it again', async ({
  browser,
  server,
}, testInfo) => {
  const page = await browser.newPage({ locale: 'en-US' })
  await signUp(page, server)
  await page.getByRole('link', { name: 'Settings' }).click()
  const lan = page.getByRole('switch', { name: 'Open to the local network' })
  await expect(lan).not.toBeChecked()
  await lan.click()
  await expect(
    page.getByText(
      /From the network, rooms anybody may watch: 1; rooms that ask for their key: 0; accounts that may sign in: 1\./,
    ),
  ).toBeVisible()
  await expect(lan).toBeChecked()
  await page.screenshot({ path: testInfo.outputPath('lan-open.png') })
  await lan.click()
  await expect(lan).not.toBeChecked()
  await expect(page.getByText(/From the network/)).toBeHidden()
})
