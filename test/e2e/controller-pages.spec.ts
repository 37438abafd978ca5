import { startTestServer } from '../support/server.ts'
import { deskOf, openDesk, published } from './controller-desk.ts'
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

test('what must be pasted can be copied on a LAN address too, where browsers lock the clipboard', async ({
  context,
}) => {
  const server = await startTestServer({ built: true, env: { ALLOWED_HOSTS: 'lan.test' } })
  try {
    const onLan = { ...server, url: server.url.replace(/127\.0\.0\.1|localhost/, 'lan.test') }
    const { page, line } = await openDesk(context, onLan)
    expect(await page.evaluate(() => [window.isSecureContext, 'clipboard' in navigator])).toEqual([
      false,
      false,
    ])
    await page.getByRole('button', { name: 'Copy: Player' }).click()
    await expect(page.getByRole('button', { name: 'Copied: Player' })).toBeVisible()
    await line.focus()
    await page.keyboard.press('Control+v')
    await expect(line).toHaveValue(/^http:\/\/\S+\/$/)
  } finally {
    await server.dispose()
  }
})

test('a speaker is made, picked by its number key, and its name goes with the line', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server, '/admin/speakers')
  const { page } = desk
  for (const name of ['Alice', 'Bob']) {
    await page.getByRole('button', { name: 'New speaker' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('button', { name: '#2f8fb5' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('listitem').filter({ hasText: name }).first()).toBeVisible()
  }
  await page.getByRole('button', { name: 'New speaker' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Bob')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('There is a speaker of this name already.')).toBeVisible()

  await desk.line.focus()
  await page.keyboard.press('Alt+2')
  await expect(desk.speaker).toHaveValue('Bob')
  await desk.say('hi')
  await expect.poll(() => published(server)).toEqual([{ speaker: 'Bob', text: 'hi' }])
})

test('two desks edit one speaker: the lists follow, and what the other did is said', async ({
  context,
  server,
}) => {
  const one = await openDesk(context, server, '/admin/speakers')
  const two = await openDesk(context, server, '/admin/speakers')
  const edit = (page: typeof one.page) =>
    page
      .getByRole('main')
      .getByRole('button', { name: /^A?Alice/ })
      .click()
  const name = (page: typeof one.page) => page.getByLabel('Name', { exact: true })
  await server.api('POST', '/speakers', { name: 'Alice' })
  await edit(one.page)
  await edit(two.page)

  // Untouched, the editor follows; touched, it keeps what was typed and says so.
  await name(one.page).fill('Alice the first')
  await one.page.getByRole('button', { name: 'Save' }).click()
  await expect(name(two.page)).toHaveValue('Alice the first')
  await name(two.page).fill('Alice the second')
  await name(one.page).fill('Alice the third')
  await one.page.getByRole('button', { name: 'Save' }).click()
  await expect(two.page.getByText('Somebody else has changed this meanwhile.')).toBeVisible()
  await expect(name(two.page)).toHaveValue('Alice the second')
  await two.page.getByRole('button', { name: 'Save' }).click()
  await expect(name(one.page)).toHaveValue('Alice the second')

  await name(two.page).fill('Alice the fourth')
  await one.page.getByRole('button', { name: 'Delete' }).click()
  await one.page.getByRole('button', { name: 'Really delete?' }).click()
  await expect(two.page.getByText('Somebody else has deleted this meanwhile.')).toBeVisible()
  await two.page.getByRole('button', { name: 'Save' }).click()
  await expect(one.page.getByRole('main').getByText('Alice the fourth')).toBeVisible()
})

test('a picture of the wrong kind is refused in words before it is sent', async ({ context, server }) => {
  const { page } = await openDesk(context, server, '/admin/speakers')
  await page.getByRole('button', { name: 'New speaker' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a picture: Avatar' }).click()
  await (await chooser).setFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await expect(page.getByRole('alert')).toContainText('This is no picture')
})

test('a broken import, and one of a newer version, are refused and change nothing', async ({
  context,
  server,
}) => {
  await server.api('POST', '/speakers', { name: 'Alice' })
  const { page } = await openDesk(context, server, '/admin/speakers')
  const speakers = page.getByRole('list', { name: 'Speakers' }).first().getByRole('listitem')
  await expect(speakers).toHaveCount(1)
  for (const [content, words] of [
    ['{"kind":', 's.json cannot be read: it is not JSON'],
    [
      '{"kind":"streaming-message/speakers","version":99,"speakers":[]}',
      'from a newer version of Streaming Message',
    ],
    ['{"kind":"streaming-message/phrases","version":1,"phrases":[]}', 'another kind of file'],
    [
      '{"kind":"streaming-message/speakers","version":1,"speakers":[{"name":7}]}',
      's.json: “Name” must be a text in quotation marks',
    ],
  ] as const) {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Import' }).click()
    await (await chooser).setFiles({
      name: 's.json',
      mimeType: 'application/json',
      buffer: Buffer.from(content),
    })
    await expect(page.getByRole('alert')).toContainText(words)
    await expect(speakers).toHaveCount(1)
  }
})

test('a phrase is kept, filled in and sent by one click and by its key', async ({ context, server }) => {
  const desk = await openDesk(context, server, '/admin/phrases')
  const { page } = desk
  await page.getByRole('button', { name: 'New phrase' }).click()
  await page.getByLabel('Text', { exact: true }).fill('Now playing {game}')
  await page.getByLabel('Key', { exact: true }).press('Alt+g')
  await expect(page.getByLabel('Key', { exact: true })).toHaveValue('Alt+G')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByLabel('Value of game').fill('Zelda')
  await page.getByRole('button', { name: 'Send Now playing {game}' }).click()
  await expect.poll(() => published(server)).toEqual([{ speaker: '', text: 'Now playing Zelda' }])
  await page.keyboard.press('Alt+g')
  await expect.poll(() => published(server)).toHaveLength(2)
})

test('a pasted screenplay becomes a queue that plays by itself', async ({ context, server }) => {
  const desk = await openDesk(context, server, '/admin/phrases')
  const { page } = desk
  await server.api('PATCH', '/rooms/lobby', {
    settings: { typewriter: { charMs: 0 }, queue: { holdMs: 0, holdPerCharMs: 0 } },
  })
  const player = await context.newPage()
  await player.goto(server.url)
  await page.bringToFront()
  await page.getByRole('button', { name: 'Script' }).click()
  await page.getByLabel('Paste a screenplay').fill('Alice: Where are we?\nBob：在森林里。\n# a note\nStill.')
  await expect(page.getByText('3 lines')).toBeVisible()
  await page.getByRole('button', { name: 'Put into the queue and play' }).click()
  await expect
    .poll(() => published(server), { timeout: 30_000 })
    .toEqual([
      { speaker: 'Alice', text: 'Where are we?' },
      { speaker: 'Bob', text: '在森林里。' },
      { speaker: 'Bob', text: 'Still.' },
    ])
})

test('older lines that come after the search has changed are not shown among what is found', async ({
  context,
  server,
}) => {
  const lines = Array.from({ length: 105 }, (_, index) => `line ${index}`)
  await Promise.all(
    lines.map(message => server.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message } })),
  )
  const { page } = await openDesk(context, server, '/admin/history')
  let letGo = () => {}
  const held = new Promise<void>(resolve => {
    letGo = resolve
  })
  await page.route('**/messages?*before=*', async route => {
    await held
    await route.continue()
  })
  await page.getByRole('button', { name: 'Show older lines' }).click()
  const shown = page.getByRole('main').getByRole('listitem').filter({ hasText: 'line' })
  await page.getByRole('searchbox').fill('line 7')
  await expect(shown).toHaveCount(11)
  const older = page.waitForResponse(/before=/)
  letGo()
  await (await older).finished()
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))
  await expect(shown).toHaveCount(11)
})

test('the history is searched, sent again, edited and cleared in two steps', async ({ context, server }) => {
  for (const message of ['the first', '[b]第二[/]', 'the third'])
    await server.api('POST', '/rooms/lobby/messages', { speaker: 'A', data: { message } })
  const desk = await openDesk(context, server, '/admin/history')
  const rows = desk.page.getByRole('main').getByRole('listitem')
  const shown = rows.filter({ hasText: 'A' })
  await expect(shown).toHaveCount(3)
  await desk.page.getByRole('searchbox').fill('第二')
  await expect(shown).toHaveCount(1)
  await expect(shown).toContainText('第二')
  await expect(shown).not.toContainText('[b]')
  await shown.getByRole('button', { name: 'Edit and send again' }).click()
  await expect(desk.line).toHaveValue('[b]第二[/]')
  await shown.getByRole('button', { name: 'Send again', exact: true }).click()
  await expect.poll(() => published(server)).toHaveLength(4)

  await desk.page.getByRole('searchbox').fill('')
  await expect(shown).toHaveCount(4)
  await desk.page.getByRole('button', { name: 'Clear the history' }).click()
  expect(await published(server)).toHaveLength(4)
  await desk.page.getByRole('button', { name: 'Delete all lines for good?' }).click()
  await expect.poll(() => published(server)).toEqual([])
  await expect(desk.page.getByText('No lines in this room yet.')).toBeVisible()
})

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

test('what a player cannot show is said in the language of the controller, and what is mended is no longer said', async ({
  context,
  server,
}) => {
  const player = await context.newPage()
  await player.goto(`${server.url}/?label=game`)
  const { page } = await openDesk(context, server)
  await page.evaluate(() =>
    localStorage.setItem(
      'streaming-message.preferences',
      JSON.stringify({ language: 'ja', welcomed: true, variables: {} }),
    ),
  )
  await page.reload()
  await server.api('POST', '/rooms/lobby/messages', {
    speaker: '夏目',
    data: { message: '見えない', look: { sprite: '/nowhere.png' } },
  })
  await expect(page.getByRole('status').getByText('画像 /nowhere.png を読み込めません')).toBeVisible()

  const font = (name: string) =>
    server.api('PATCH', '/rooms/lobby', { settings: { look: { tokens: { font: name } } } })
  expect((await font('Nobody Has This')).ok).toBe(true)
  const missing = page.getByRole('status').getByText('フォント「Nobody Has This」')
  await expect(missing).toBeVisible()
  expect((await font('serif')).ok).toBe(true)
  await expect(missing).toHaveCount(0)
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

test('a room is made, has its own lines, and can be deleted', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.say('in the lobby')
  await desk.page.getByRole('button', { name: 'New room' }).click()
  await desk.page.getByRole('textbox', { name: 'New room' }).fill('not a room')
  await desk.page.getByRole('button', { name: 'Add' }).click()
  await expect(desk.page.getByRole('alert')).toContainText('Use letters')
  await desk.page.getByRole('textbox', { name: 'New room' }).fill('Stage2')
  await desk.page.getByRole('button', { name: 'Add' }).click()
  const stage = await deskOf(desk.page)
  await expect(stage.page).toHaveURL(/room=stage2/)
  await stage.say('on the stage')
  await expect.poll(() => published(server, 'stage2')).toEqual([{ speaker: '', text: 'on the stage' }])
  expect(await published(server)).toHaveLength(1)

  await stage.page.getByRole('link', { name: 'Settings' }).click()
  await stage.page.getByRole('button', { name: 'Delete the room' }).click()
  await stage.page.getByRole('button', { name: 'Delete it with all its lines?' }).click()
  const back = await deskOf(stage.page)
  await expect(back.lines).toHaveText(/in the lobby/)
})

test('the first three steps tick themselves off', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.page.getByRole('link', { name: 'Settings' }).click()
  await desk.page.getByRole('button', { name: 'Show the first steps again' }).click()
  await desk.page.getByRole('link', { name: 'Live' }).click()
  const steps = desk.page.getByRole('region', { name: 'Three steps to the first line' })
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(0)
  const opened = context.waitForEvent('page')
  await steps.getByRole('link', { name: 'Open the player' }).click()
  await opened
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(1)
  await desk.page.bringToFront()
  await desk.say('first')
  await expect(steps.getByRole('img', { name: 'Done' })).toHaveCount(3)
  await steps.getByRole('button', { name: 'Done' }).click()
  await expect(steps).toBeHidden()
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

test('a backup is saved, and restored only after it was asked for', async ({ browser }) => {
  const server = await startTestServer({ built: true, env: { ADMIN_PASSWORD: 'correct horse battery' } })
  const context = await browser.newContext({ locale: 'en-US' })
  try {
    const page = await context.newPage()
    await page.goto(`${server.url}/admin/settings`)
    await page.getByLabel('User name').fill('admin')
    await page.getByLabel('Password').fill('correct horse battery')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const desk = await deskOf(page)
    await desk.say('in the backup')
    await expect.poll(() => published(server)).toHaveLength(1)
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save a backup' }).click()
    const path = await (await download).path()
    await desk.say('after the backup')
    await expect.poll(() => published(server)).toHaveLength(2)

    const broken = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Restore a backup' }).click()
    await (await broken).setFiles({
      name: 'no.gz',
      mimeType: 'application/gzip',
      buffer: Buffer.from('no backup'),
    })
    await page.getByRole('button', { name: 'Replace all data' }).click()
    await expect(page.getByRole('alert')).toContainText('no.gz: This is another kind of file')
    expect(await published(server)).toHaveLength(2)

    const good = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Restore a backup' }).click()
    await (await good).setFiles(path)
    await page.getByRole('button', { name: 'Replace all data' }).click()
    await expect(page.getByText('Restored. The server begins anew.')).toBeVisible()
    await expect
      .poll(() => published(server).catch(() => []))
      .toEqual([{ speaker: '', text: 'in the backup' }])
  } finally {
    await context.close()
    await server.dispose()
  }
})
