import { newPerson, OWNER, OWNER_ENV, signIn } from '../support/accounts.ts'
import { startTestServer } from '../support/server.ts'
import { deskOf, holdBack, openDesk } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a set-up link that is broken or spent gives way to the next one in the same tab', async ({
  page,
  server,
}) => {
  const link = () => /http\S+\/admin\/setup#\S+/.exec(server.output())?.[0] ?? ''
  await expect.poll(link).not.toBe('')
  await page.goto(`${server.url}/admin/setup#%`)
  await expect(page.getByText('Open the set-up link')).toBeVisible()
  // From here on only what stands behind the # changes: the page is not loaded again.
  await page.goto(`${server.url}/admin/setup#no-code`)
  await page.getByLabel('User name').fill('streamer')
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('This set-up link is not valid any more.')).toBeVisible()
  await page.goto(link())
  await page.getByRole('button', { name: 'Create account' }).click()
  await deskOf(page)
})

test('rooms: a press too many deletes none, the picker knows a new name, addresses follow the default room', async ({
  context,
  server,
}) => {
  await server.api('POST', '/rooms', { id: 'stage', name: 'stage' })
  const { page } = await openDesk(context, server, '/admin/settings?room=stage')
  const room = page.getByRole('region', { name: 'This room: stage' })
  await room.getByRole('button', { name: 'Delete the room' }).dblclick()
  await expect(room.getByRole('button', { name: 'Delete it with all its lines?' })).toBeVisible()
  expect((await server.api('GET', '/rooms/stage')).status).toBe(200)

  const name = room.getByLabel('Name', { exact: true })
  const saving = await holdBack(page, '**/api/v1/rooms/stage', 'PATCH')
  await name.fill('Main stage')
  await name.press('Enter')
  await expect.poll(() => saving.held.length).toBe(1)
  await name.fill('Main stage of the world')
  await saving.letGo()
  await expect(page.getByRole('combobox', { name: 'Room' })).toContainText('Main stage (stage)')
  // What was typed meanwhile is not saved yet, and not said to be.
  await expect(name).toHaveValue('Main stage of the world')
  await expect(room.getByRole('button', { name: 'Save', exact: true })).toBeVisible()

  // A new key ends what the old one opened: it is asked for once more.
  await room.getByRole('button', { name: 'Make a new key' }).click()
  const key = room.getByRole('textbox', { name: 'Watch key' })
  await expect(key).toBeVisible()
  const first = await key.inputValue()
  await room.getByRole('button', { name: 'Make a new key' }).click()
  await expect(key).toHaveValue(first)
  await room.getByRole('button', { name: 'Old addresses stop working. Go on?' }).click()
  await expect(key).not.toHaveValue(first)
  await room.getByRole('button', { name: 'Remove the key' }).click()
  await expect(key).toHaveCount(0)

  // The shortest address is the default room's, whichever that is.
  await server.api('PATCH', '/rooms/stage', { isDefault: true })
  const player = page.getByRole('textbox', { name: 'Address', exact: true }).first()
  const dock = page.getByRole('textbox', { name: 'This controller as a dock in OBS' })
  await page.goto(`${server.url}/admin/share?room=stage`)
  await expect(player).toHaveValue(/:\d+\/$/)
  await expect(dock).toHaveValue(/\/admin\?room=stage$/)
  await page.goto(`${server.url}/admin/share?room=lobby`)
  await expect(player).toHaveValue(/:\d+\/lobby$/)
  // Whoever is not in the know sees no token on a shared screen.
  await expect(page.getByLabel('curl', { exact: true })).toHaveAttribute('type', 'password')

  // An address without a room leads to one that is there; the lobby is not.
  await page.goto(`${server.url}/admin/settings?room=lobby`)
  await page.getByRole('button', { name: 'Delete the room' }).click()
  await page.getByRole('button', { name: 'Delete it with all its lines?' }).click()
  await expect(page).toHaveURL(/\/admin\?room=stage$/)
  await page.goto(`${server.url}/admin/share`)
  await expect(page).toHaveURL(/\/admin\/share\?room=stage$/)
})

test('accounts: a moderator lands in the shared room, what is typed meanwhile stays, a list that fails can be asked for again', async ({
  browser,
}) => {
  const server = await startTestServer({ built: true, env: OWNER_ENV })
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    const owner = await signIn(server)
    await newPerson(server, owner, 'mod')
    await owner.json('POST', '/rooms', { id: 'stage', name: 'stage' })
    await owner.json('POST', '/rooms/stage/moderators', { username: 'mod' })
    const page = await context.newPage()
    const enter = async (username: string, password: string) => {
      await page.getByLabel('User name').fill(username)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await deskOf(page)
    }
    await page.goto(`${server.url}/admin`)
    await enter('mod', 'password of mod')
    await expect(page).toHaveURL(/\/admin\?room=stage$/)
    await expect(page.getByRole('img', { name: 'Connected' })).toBeVisible()
    await page.getByRole('link', { name: 'Settings' }).click()
    // No form over the desk asks to sign in again on the way out.
    const asked = page.evaluate(
      () =>
        new Promise(resolve =>
          new MutationObserver(() => {
            if (document.querySelector('dialog')) resolve('asked')
            if (document.querySelector('h1')?.textContent === 'Sign in') resolve('out')
          }).observe(document.body, { childList: true, subtree: true }),
        ),
    )
    await page.getByRole('button', { name: 'Sign out everywhere' }).click()
    await page.getByRole('button', { name: 'Sign out here too?' }).click()
    expect(await asked).toBe('out')

    await page.route('**/api/v1/users', route => route.abort(), { times: 1 })
    await page.goto(`${server.url}/admin/settings?room=stage`)
    await enter(OWNER.username, OWNER.password)
    const users = page.getByRole('region', { name: 'Accounts' })
    await users.getByRole('button', { name: 'Try again' }).click()
    await expect(users.getByText('mod', { exact: true })).toBeVisible()

    const adding = await holdBack(page, '**/api/v1/users', 'POST')
    await users.getByLabel('User name').fill('second')
    await users.getByLabel('Password').fill('password of second')
    await users.getByLabel('Password').press('Enter')
    await expect.poll(() => adding.held.length).toBe(1)
    await users.getByLabel('User name').fill('third')
    await adding.letGo()
    await expect(users.getByText('second', { exact: true })).toBeVisible()
    await expect(users.getByLabel('User name')).toHaveValue('third')

    // Gone already, by another desk, is as good.
    const other = await owner.json<{ users: { id: string; username: string }[] }>('GET', '/users')
    await owner.json('DELETE', `/users/${other.users.find(({ username }) => username === 'second')!.id}`)
    const row = users.getByRole('listitem').filter({ hasText: 'second' })
    await row.getByRole('button', { name: 'Delete' }).press('Enter')
    await row.getByRole('button', { name: 'Really delete?' }).press('Enter')
    await expect(row).toHaveCount(0)
    // The keyboard stays in the list.
    await expect(
      users.getByRole('listitem').filter({ hasText: 'mod' }).getByRole('button', { name: 'Delete' }),
    ).toBeFocused()
    await expect(users.getByRole('alert')).toHaveCount(0)
  } finally {
    await context.close()
    await server.dispose()
  }
})

test('the look: the worn theme pressed again keeps its colours, text counts on Enter, Back goes back', async ({
  context,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', {
    settings: { look: { theme: 'terminal', variant: 'amber', tokens: { 'text-size': '60' } } },
  })
  const { page } = await openDesk(context, server)
  await page.getByRole('link', { name: 'Look' }).click()
  await page.getByRole('link', { name: 'Look' }).click()
  const look = async () => (await (await server.api('GET', '/rooms/lobby')).json()).room.settings.look
  await expect(page.getByRole('button', { name: 'Amber' })).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: 'Terminal' }).click()
  await page.getByLabel('Decorative bar').selectOption('of a game: words')
  const bar = page.getByLabel('Content of the bar')
  await bar.fill('ONE TWO')
  await bar.press('Enter')
  await expect.poll(async () => (await look()).bar).toBe('ONE TWO')
  expect(await look()).toMatchObject({ variant: 'amber', tokens: { 'text-size': '60' } })
  // Escape takes back what was not meant.
  await bar.fill('not this')
  await bar.press('Escape')
  await expect(bar).toHaveValue('ONE TWO')

  await page.getByText('Colours, fonts and sizes').click()
  const fonts: string[] = []
  page.on('request', request => {
    if (request.method() === 'PATCH') fonts.push(request.postDataJSON().settings.look?.tokens?.font)
  })
  await page.getByLabel('Font', { exact: true }).first().selectOption('Another one')
  const font = page.getByLabel('Name of an installed font')
  await font.pressSequentially('Noto Sans')
  await font.press('Enter')
  await expect.poll(async () => (await look()).tokens.font).toBe('Noto Sans')
  expect(fonts).toEqual(['Noto Sans'])

  await page.goBack()
  await expect(page).toHaveURL(/\/admin$/)
})
