import { deskOf, openDesk, published, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a line goes from the composer to the screen, and the list says how far it has come', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await expect(desk.line).toBeFocused()
  await desk.speaker.fill('爱丽丝')
  await desk.speaker.press('Enter')
  await expect(desk.line).toBeFocused()
  await desk.say('大家好！')
  await expect(desk.line).toHaveValue('')
  await expect(desk.lines).toHaveAttribute('data-state', 'sent')
  expect(await published(server)).toEqual([{ speaker: '爱丽丝', text: '大家好！' }])

  const player = await context.newPage()
  await player.goto(server.url)
  await expect(player.getByText('爱丽丝').first()).toBeVisible()
  await expect(desk.lines.first()).toHaveAttribute('data-state', 'on-screen')
  await expect(desk.page.getByRole('list', { name: 'Open players' }).getByRole('listitem')).toHaveCount(1)
})

test('Enter that an input method uses never sends', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('ni hao')
  for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
    await desk.line.evaluate((field, press) => {
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...press }),
      )
    }, init)
  }
  await expect(desk.line).toHaveValue('ni hao')
  await desk.line.press('Enter')
  await expect(desk.lines).toHaveCount(1)
  await expect.poll(() => texts(server)).toEqual(['ni hao'])
})

test('a real composition ends with Enter and stays in the field', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  const devtools = await context.newCDPSession(desk.page)
  await devtools.send('Input.imeSetComposition', { text: '你好', selectionStart: 2, selectionEnd: 2 })
  await devtools.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Process',
    code: 'Enter',
    windowsVirtualKeyCode: 229,
  })
  await devtools.send('Input.insertText', { text: '你好' })
  await expect(desk.line).toHaveValue('你好')
  await desk.line.press('Enter')
  await expect.poll(() => texts(server)).toEqual(['你好'])
})

test('several lines become as many messages, in their order', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('one\n\ntwo\nthree')
  await expect(desk.page.getByText('Sends 3 lines')).toBeVisible()
  await desk.line.press('Enter')
  await expect(desk.lines).toHaveCount(3)
  await expect.poll(() => texts(server)).toEqual(['one', 'two', 'three'])
})

test('Shift+Enter makes a new line, and Ctrl+Enter sends where that is set', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('a')
  await desk.line.press('Shift+Enter')
  await desk.line.pressSequentially('b')
  await expect(desk.line).toHaveValue('a\nb')
  await desk.page.getByRole('link', { name: 'Settings' }).click()
  await desk.page.getByLabel('Key that sends the line').selectOption('Ctrl+Enter')
  await desk.line.press('End')
  await desk.line.press('Enter')
  await desk.line.pressSequentially('c')
  await desk.line.press('Control+Enter')
  await expect.poll(() => texts(server)).toEqual(['a', 'b', 'c'])
})

test('the last line is taken back by Ctrl+Z, by its button and by a command', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  for (const text of ['one', 'two', 'three']) await desk.say(text)
  await expect(desk.lines).toHaveCount(3)
  await desk.line.press('Control+z')
  await expect(desk.lines).toHaveCount(2)
  await desk.say('/undo')
  await expect(desk.lines).toHaveCount(1)
  await desk.page.getByRole('button', { name: 'Take back the last line' }).click()
  await expect(desk.page.getByText('Nothing sent yet.')).toBeVisible()
  await expect.poll(() => texts(server)).toEqual([])
})

test('slash commands are obeyed or named, and two slashes begin a line with one', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await desk.say('/as Bob')
  await expect(desk.speaker).toHaveValue('Bob')
  await desk.say('/hide')
  await expect(desk.page.getByRole('button', { name: 'Show', exact: true })).toBeVisible()
  await desk.say('/nonsense')
  await expect(desk.page.getByText('There is no command “/nonsense”')).toBeVisible()
  await expect(desk.line).toHaveValue('/nonsense')
  const commands = desk.page.getByRole('region', { name: 'Commands' })
  await desk.line.fill('')
  await desk.line.pressSequentially('/he')
  await expect(commands).toBeVisible()
  await desk.line.press('Escape')
  await expect(commands).toBeHidden()
  await desk.say('/help')
  await expect(commands).toBeVisible()
  await desk.say('//shrug')
  await expect.poll(() => published(server)).toEqual([{ speaker: 'Bob', text: '/shrug' }])
})

test('the arrow up brings sent lines back, and down returns to what was typed', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await desk.say('first')
  await desk.say('second')
  await expect(desk.lines).toHaveCount(2)
  await desk.line.fill('draft')
  await desk.line.press('ArrowUp')
  await expect(desk.line).toHaveValue('second')
  await desk.line.press('ArrowUp')
  await expect(desk.line).toHaveValue('first')
  await desk.line.press('ArrowDown')
  await desk.line.press('ArrowDown')
  await expect(desk.line).toHaveValue('draft')
})

test('held lines are put in order by keyboard and by mouse, and sent one by one', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  for (const text of ['a', 'b', 'c']) {
    await desk.line.fill(text)
    await desk.line.press('Alt+Enter')
  }
  await expect(desk.queue).toHaveText(['a', 'b', 'c'])
  await expect.poll(() => texts(server)).toEqual([])

  await desk.queue.nth(2).getByRole('button', { name: 'c' }).focus()
  await desk.page.keyboard.press('Alt+ArrowUp')
  await expect(desk.queue).toHaveText(['a', 'c', 'b'])
  await desk.queue.nth(0).dragTo(desk.queue.nth(2), { targetPosition: { x: 40, y: 30 } })
  await expect(desk.queue).toHaveText(['c', 'b', 'a'])

  await desk.page.reload()
  const again = await deskOf(desk.page)
  await expect(again.queue).toHaveText(['c', 'b', 'a'])
  await again.page.getByRole('button', { name: 'Send the next held line' }).click()
  await expect(again.queue).toHaveText(['b', 'a'])
  await expect.poll(() => texts(server)).toEqual(['c'])
})

test('what is typed survives a reload', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.speaker.fill('Alice')
  await desk.line.fill('half a sen')
  await desk.page.reload()
  const again = await deskOf(desk.page)
  await expect(again.line).toHaveValue('half a sen')
  await expect(again.speaker).toHaveValue('Alice')
})

test('a line taken up again puts what is being typed aside, and its sending brings it back', async ({
  context,
  server,
}) => {
  const { page, line, queue } = await openDesk(context, server)
  await line.fill('held')
  await line.press('Alt+Enter')
  await line.fill('half a sen')
  await queue.getByRole('button', { name: 'held' }).click()
  await expect(line).toHaveValue('held')
  const back = page.getByRole('button', { name: 'Back to my text' })
  await back.click()
  await expect(line).toHaveValue('half a sen')
  await back.click()
  await line.press('Enter')
  await expect(line).toHaveValue('half a sen')
  await expect(back).toBeHidden()
  await expect.poll(() => texts(server)).toEqual(['held'])
})

test('a text that is too long stays in the field and says by how much', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('x'.repeat(1024 * 1024))
  await expect(desk.page.getByText(/bytes too long for one line/)).toBeVisible()
  await desk.line.press('Enter')
  expect((await desk.line.inputValue()).length).toBe(1024 * 1024)
  await expect.poll(() => texts(server)).toEqual([])
})

test('typing finds the composer from wherever the focus is', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.page.getByRole('button', { name: 'Clear the screen' }).focus()
  await desk.page.keyboard.type('hello')
  await expect(desk.line).toHaveValue('hello')
})

test('the toolbar wraps the selection in markup, and the browser can undo it', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await desk.line.fill('make this bold')
  await desk.line.evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(5, 9))
  await desk.page.getByRole('button', { name: 'Bold' }).click()
  await expect(desk.line).toHaveValue('make [b]this[/] bold')
  await expect(desk.line).toBeFocused()
  await desk.line.press('Control+z')
  await expect(desk.line).toHaveValue('make this bold')
})

test('what is being typed reaches the audience where the room wants it, and never a command', async ({
  context,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', { settings: { showTyping: true } })
  await server.api('POST', '/rooms', { id: 'second' })
  const desk = await openDesk(context, server)
  const told: string[] = []
  desk.page.on('request', request => {
    if (request.url().endsWith('/typing')) told.push((request.postDataJSON() as { text: string }).text)
  })
  await desk.line.pressSequentially('/help')
  await desk.line.fill('')
  await desk.line.pressSequentially('hello there')
  await expect.poll(() => told.at(-1)).toBe('hello there')
  await desk.line.press('Enter')
  await expect.poll(() => told.at(-1)).toBe('')
  expect(told.filter(text => text.startsWith('/'))).toEqual([])
  // A doubled slash is one that is said.
  await desk.line.pressSequentially('//o')
  await expect.poll(() => told.at(-1)).toBe('/o')
  await desk.line.fill('')
  await expect.poll(() => told.at(-1)).toBe('')

  // Who sits down at another room types in this one no more.
  await desk.line.fill('half a sen')
  await expect.poll(() => told.at(-1)).toBe('half a sen')
  await desk.page.getByRole('combobox', { name: 'Room', exact: true }).selectOption('second')
  await expect.poll(() => told.at(-1)).toBe('')
})

test('a line for one label reaches that player only, and a player can be disconnected', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  const left = await context.newPage()
  await left.goto(`${server.url}/?label=left`)
  const other = await context.newPage()
  await other.goto(server.url)
  await desk.page.bringToFront()
  const players = desk.page.getByRole('list', { name: 'Open players' }).getByRole('listitem')
  await expect(players).toHaveCount(2)
  const named = players.filter({ hasText: 'left' })
  await named.hover()
  await named.getByRole('button', { name: 'Send only to “left”' }).click()
  await desk.say('for the left one')
  await expect(left.locator('.sm-text')).toContainText('for the left one')
  await expect(desk.lines).toHaveAttribute('data-state', 'on-screen')
  await desk.page
    .getByRole('button', { name: /Send to all again/ })
    .first()
    .click()
  await desk.say('for all')
  await expect(other.locator('.sm-text')).toContainText('for all')
  await expect(other.getByText('for the left one')).toHaveCount(0)

  await named.hover()
  await named.getByRole('button', { name: 'Disconnect' }).click()
  await expect(players).toHaveCount(1)
})

test('two pages of one browser share the queue: a held line goes out once', async ({ context, server }) => {
  const one = await openDesk(context, server)
  const two = await openDesk(context, server)
  await one.page.bringToFront()
  await one.line.fill('held')
  await one.line.press('Alt+Enter')
  await expect(two.queue).toHaveText(['held'])
  await two.page.getByRole('button', { name: 'Send the next held line' }).click()
  await expect(one.page.getByText('No lines are held.')).toBeVisible()
  await expect.poll(() => texts(server)).toEqual(['held'])
})

test('a preview that is opened late shows the line of now, in the look of the room', async ({
  context,
  server,
}) => {
  const name = { en: 'Mine', zh: '我的', ja: '私の' }
  const manifest = {
    id: 'mine',
    name,
    base: 'novel',
    layout: 'chat',
    tokens: [],
    variants: [{ id: 'one', label: name, values: {} }],
  }
  const css = '.sm-text { text-transform: uppercase }'
  const file = { kind: 'streaming-message/theme', version: 1, manifest, css, assets: {} }
  expect((await server.api('POST', '/themes/import', file)).status).toBe(201)
  await server.api('PATCH', '/rooms/lobby', { settings: { look: { theme: 'mine' } } })
  const desk = await openDesk(context, server)
  await desk.say('said before')
  await desk.say('said after the stream began')
  await desk.page.getByRole('link', { name: 'Look' }).click()
  const preview = desk.page.frameLocator('iframe')
  const lines = preview.locator('.sm-box .sm-text')
  await expect(lines).toHaveText(['said before', 'said after the stream began'])
  await expect(lines.last()).toHaveCSS('text-transform', 'uppercase')
})

test('the liked scheme stands before any of the app has run: no white flash', async ({ browser, server }) => {
  const context = await browser.newContext({ colorScheme: 'light' })
  const page = await context.newPage()
  await page.addInitScript(() =>
    localStorage.setItem('streaming-message.preferences', JSON.stringify({ scheme: 'night' })),
  )
  await page.route('**/static/controller-*.js', route => route.abort())
  await page.goto(`${server.url}/admin`)
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  await context.close()
})

test('a megabyte that is pasted stays in the field, says what is wrong, and goes by one key', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await desk.line.evaluate(field => {
    const data = new DataTransfer()
    data.setData('text/plain', '长'.repeat(350_000))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }))
    document.execCommand('insertText', false, data.getData('text/plain'))
  })
  await expect(desk.page.getByText(/bytes too long for one line/)).toBeVisible()
  await expect(desk.page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await desk.line.press('Enter')
  expect(await desk.line.inputValue()).toHaveLength(350_000)
  await expect.poll(() => texts(server)).toEqual([])
  await desk.line.press('Control+a')
  await desk.line.press('Delete')
  await desk.say('short')
  await expect.poll(() => texts(server)).toEqual(['short'])

  // A script says so before it is put into the queue, where it would be refused when its turn comes.
  await desk.page.getByRole('link', { name: 'Phrases' }).click()
  await desk.page.getByRole('button', { name: 'Script', exact: true }).click()
  await desk.page.getByLabel('Paste a screenplay').fill(`A: short\nB: ${'长'.repeat(350_000)}`)
  await expect(desk.page.getByText(/bytes too long for one line/)).toBeVisible()
  await expect(desk.page.getByRole('button', { name: 'Put into the queue', exact: true })).toBeDisabled()
})
