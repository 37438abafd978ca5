import { openDesk } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a change of the look reaches an open player, and a second controller is asked when both change', async ({
  context,
  server,
}) => {
  const one = await openDesk(context, server, '/admin/look')
  const two = await openDesk(context, server, '/admin/look')
  const policy = (page: typeof one.page) => page.getByRole('combobox', { name: 'A new line' })
  await policy(one.page).selectOption('replaces it')
  await expect(policy(two.page)).toHaveValue('replace')

  // The second controller's news are held up while its user changes the same.
  await two.page.route('**/api/v1/rooms/lobby', async (route, request) => {
    if (request.method() === 'PATCH') {
      await server.api('PATCH', '/rooms/lobby', { settings: { queue: { policy: 'wait' } } })
      await two.page.unrouteAll()
    }
    await route.fallback()
  })
  await policy(two.page).selectOption('is added to it')
  await expect(two.page.getByText('Somebody else changed these settings at the same time.')).toBeVisible()
  await two.page.getByRole('button', { name: 'Use mine' }).click()
  await expect(policy(one.page)).toHaveValue('append')
})

test('a theme, its variant and one of its colours reach an open player at once', async ({
  context,
  server,
}) => {
  const { page } = await openDesk(context, server, '/admin/look')
  const player = await context.newPage()
  await player.goto(server.url)
  await page.bringToFront()
  await page.getByRole('button', { name: 'Terminal' }).click()
  await expect(player.locator('.sm-player')).toHaveAttribute('data-theme', /terminal/)
  await page.getByRole('button', { name: 'Amber' }).click()
  await expect(player.locator('.sm-player')).toHaveAttribute('data-variant', 'amber')
  await page.getByText('Colours, fonts and sizes').click()
  await page.getByRole('slider', { name: 'Text size' }).fill('60')
  await expect
    .poll(async () => {
      const { room } = (await (await server.api('GET', '/rooms/lobby')).json()) as {
        room: { settings: { look: { tokens: Record<string, string> } } }
      }
      return room.settings.look.tokens
    })
    .toEqual({ 'text-size': '60' })
  await page.getByRole('button', { name: 'Back to the theme’s own: Text size' }).click()
  await expect
    .poll(async () => (await (await server.api('GET', '/rooms/lobby')).text()).includes('text-size'))
    .toBe(false)
})

test('what the audience sees beside lines follows its switches: quotations, and what is being typed', async ({
  context,
  server,
}) => {
  const player = await context.newPage()
  await player.goto(server.url)
  const text = player.locator('.sm-text')
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  const desk = await openDesk(context, server, '/admin/look')
  const quotes = desk.page.getByRole('switch', { name: 'Show quotations while the room is empty' })
  await quotes.check()
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'draft')
  await expect(text).not.toBeEmpty()
  await quotes.uncheck()
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'empty')
  await quotes.check()
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'draft')
  await desk.say('a line')
  await expect(text).toHaveText('a line')

  const typing = desk.page.getByRole('switch', { name: 'Show what is being typed' })
  await typing.check()
  await desk.line.pressSequentially('half a sen')
  await expect(text).toHaveText('half a sen')
  await typing.uncheck()
  await expect(text).toHaveText('a line')
})
