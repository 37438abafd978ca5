import { expect, type Page } from '@playwright/test'
import type { TestServer } from '../support/server.ts'

/** Makes the first account by the link that the start prints: whoever follows it owns the server. */
export async function signUp(page: Page, server: Pick<TestServer, 'output'>): Promise<void> {
  const link = () => /http\S+\/admin\/setup#\S+/.exec(server.output())?.[0] ?? ''
  await expect.poll(link, { message: 'the start prints a set-up link' }).not.toBe('')
  await page.goto(link())
  await page.getByLabel('User name').fill('streamer')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('textbox', { name: 'Line' })).toBeVisible()
}
