import { openDesk, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a key that is held down sends one line and takes back one', async ({ context, server }) => {
  await server.api('POST', '/phrases', { text: '/picked elsewhere' })
  const desk = await openDesk(context, server)
  const { page, line } = desk
  const hold = async (keys: string) => {
    for (let press = 0; press < 5; press++) await page.keyboard.down(keys)
    await page.keyboard.up(keys)
  }
  for (const text of ['one', 'two', 'three']) await desk.say(text)
  await expect(desk.lines).toHaveCount(3)
  await line.fill('half a sen')
  await page.getByRole('link', { name: 'Phrases' }).click()
  await page.getByRole('button', { name: 'Put into the composer: /picked elsewhere' }).click()
  // A line, though it begins with a slash.
  await expect(line).toHaveValue('//picked elsewhere')
  await line.focus()
  await hold('Enter')
  await expect(line).toHaveValue('half a sen')
  await expect.poll(() => texts(server)).toEqual(['one', 'two', 'three', '/picked elsewhere'])

  // What was deleted by hand is the browser's to bring back; only then is a line of the stream meant.
  await line.press('Control+a')
  await line.press('Delete')
  await line.press('Control+z')
  await expect(line).toHaveValue('half a sen')
  await expect.poll(() => texts(server)).toHaveLength(4)
  await desk.say('five')
  await expect.poll(() => texts(server)).toHaveLength(5)
  await page.getByRole('link', { name: 'Live' }).click()
  await expect(desk.lines).toHaveCount(5)
  await line.focus()
  await page.keyboard.down('Control')
  for (let press = 0; press < 5; press++) {
    await page.keyboard.down('z')
    await page.evaluate(() => fetch('/healthz'))
  }
  await page.keyboard.up('z')
  await page.keyboard.up('Control')
  await expect(desk.lines).toHaveCount(4)
  await desk.say('after')
  await expect.poll(async () => (await texts(server)).at(-1)).toBe('after')
  await expect.poll(() => texts(server)).toEqual(['one', 'two', 'three', '/picked elsewhere', 'after'])

  // Programs' lines are not what was sent from here.
  await server.api('POST', '/rooms/lobby/messages', { speaker: 'Bot', data: { message: 'from a bot' } })
  await expect(desk.lines.last()).toContainText('from a bot')
  await line.press('ArrowUp')
  await expect(line).toHaveValue('after')
})

test('the keyboard keeps its place in panels and lists that change', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  const { page, line } = desk
  for (const text of ['a', 'b', 'c']) {
    await line.fill(text)
    await line.press('Alt+Enter')
  }
  await desk.queue.nth(1).getByRole('button', { name: 'b' }).focus()
  for (let press = 0; press < 5; press++) await page.keyboard.down('Delete')
  await page.keyboard.up('Delete')
  await expect(desk.queue).toHaveText(['a', 'c'])
  await expect(desk.queue.nth(1).getByRole('button', { name: 'c' })).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(desk.queue.nth(0).getByRole('button', { name: 'a' })).toBeFocused()
  await page.keyboard.press('Delete')
  await expect(line).toBeFocused()

  await line.fill('typed')
  // Read out at each key, it would talk over what is typed.
  await expect(page.getByText('5 characters')).toBeVisible()
  await expect(page.locator('[aria-live]', { hasText: '5 characters' })).toHaveCount(0)

  await line.press('Control+e')
  const search = page.getByRole('searchbox', { name: 'Search emoji' })
  const found = page.getByRole('group', { name: 'Found' }).getByRole('button')
  await search.fill('heart')
  await found.first().focus()
  await page.keyboard.press('ArrowRight')
  const second = await found.nth(1).getAttribute('aria-label')
  await expect(found.nth(1)).toBeFocused()
  const first = (await found.first().getAttribute('aria-label'))!
  expect(second).not.toBe(first)
  await search.fill(first)
  await expect(found.first()).toHaveAttribute('aria-label', first)
  // The button that closes and the eleven groups stand between.
  for (let stop = 0; stop < 13; stop++) await page.keyboard.press('Tab')
  await expect(found.first()).toBeFocused()

  // Escape that ends a composition does not close the panel.
  await search.focus()
  await search.dispatchEvent('keydown', { key: 'Escape', isComposing: true, bubbles: true })
  await expect(search).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(search).toBeHidden()
  await expect(line).toHaveValue('typed')
})
