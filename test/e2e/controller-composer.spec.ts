import type { Locator, Page } from '@playwright/test'
import { openDesk, published, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

/** The smallest PNG there is: one transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

test('emoji are found in three languages and by hand, and go where the caret is', async ({
  context,
  server,
}) => {
  const { page, line } = await openDesk(context, server)
  await line.fill('ab')
  await line.press('ArrowLeft')
  await page.keyboard.press('Control+e')
  const search = page.getByRole('searchbox', { name: 'Search emoji' })
  await expect(search).toBeFocused()
  // A word of another language than that of the page.
  await search.fill('猫')
  await expect(page.getByRole('button', { name: 'cat', exact: true })).toBeVisible()
  await search.fill('waving hand')
  await search.press('Enter')
  await expect(line).toHaveValue('a👋b')
  await expect(line).toBeFocused()

  // Arrows move within a group; Shift keeps the panel open for more.
  await page.keyboard.press('Control+e')
  await page.getByRole('button', { name: 'Flags' }).click()
  const flags = page.getByRole('group', { name: 'Flags', exact: true })
  await flags.getByRole('button').first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+Enter')
  await expect(line).toHaveValue('a👋🚩b')
  await expect(flags).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(flags).toBeHidden()
  await page.keyboard.press('Control+e')
  const recent = page.getByRole('group', { name: 'Used last', exact: true })
  await expect(recent.getByRole('button', { name: 'triangular flag' })).toBeVisible()
})

test('colours, movement and sizes dress what is selected, and can be taken off again', async ({
  context,
  server,
}) => {
  const { page, line } = await openDesk(context, server)
  await line.fill('hello')
  await line.press('Control+a')
  await page.keyboard.press('Control+Shift+C')
  await page.getByRole('button', { name: 'White' }).hover()
  await expect(page.getByText('very easy to read')).toBeVisible()
  await page.getByRole('button', { name: 'Black' }).hover()
  await expect(page.getByText('hard to read')).toBeVisible()
  await page.getByRole('button', { name: 'wild' }).click()
  await page.getByRole('button', { name: 'Wave' }).click()
  await expect(line).toHaveValue('[wave=3]hello[/]')
  // What the server says of the box comes late: no colour moves away from under the pointer.
  const themes = Promise.withResolvers<void>()
  await page.route('**/api/v1/themes', async route => {
    await themes.promise
    await route.continue()
  })
  await page.getByRole('button', { name: 'Colours' }).click()
  const white = page.getByRole('button', { name: 'White' })
  const place = await white.boundingBox()
  themes.resolve()
  await expect(page.getByText(/easy to read|hard to read/)).toBeVisible()
  expect(await white.boundingBox()).toEqual(place)
  await page.getByRole('button', { name: 'Black' }).hover()
  await expect(page.getByText('hard to read')).toBeVisible()
  expect(await white.boundingBox()).toEqual(place)
  await white.click()
  await expect(line).toHaveValue('[wave=3][color=#ffffff]hello[/][/]')
  await page.keyboard.press('Control+ArrowUp')
  await expect(line).toHaveValue('[wave=3][color=#ffffff][+]hello[/][/][/]')
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+Shift+Space')
  await expect(line).toHaveValue('hello')
})

test('a picture is uploaded, shown on the player and taken from the gallery; a wrong one is named; so is an emote', async ({
  context,
  server,
}) => {
  const { page, line, say } = await openDesk(context, server)
  await page.getByRole('button', { name: 'Pictures' }).click()
  await expect(page.getByText('No pictures yet.')).toBeVisible()
  async function upload(name: string, buffer: Buffer): Promise<void> {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Upload' }).click()
    await (await chooser).setFiles({ name, mimeType: 'image/png', buffer })
  }
  await upload('no.png', Buffer.from('no picture'))
  await expect(page.getByRole('alert')).toContainText('This is no picture')
  await expect(line).toHaveValue('')
  await upload('dot.png', PIXEL)
  await expect(line).toHaveValue(/^\[img=\/api\/v1\/assets\/[0-9a-f]+ h=1\.5\]$/)

  await page.getByRole('button', { name: 'Pictures' }).click()
  await page.getByLabel('Address of a picture').fill('javascript:alert(1)')
  await page.getByRole('button', { name: 'Insert' }).click()
  await expect(page.getByRole('alert')).toContainText('no address of a picture')
  await page.getByLabel('Description for those').fill('a dot')
  await page.getByRole('button', { name: 'dot.png' }).click()
  await expect(line).toHaveValue(/ h=1\.5 alt="a dot"\]$/)

  const player = await context.newPage()
  await player.goto(server.url)
  await page.bringToFront()
  await say(await line.inputValue())
  await expect(player.locator('.sm-text img[alt="a dot"]')).toBeVisible()

  // An emote is made of a picture and a name, and is at hand at once, here and on the player.
  await line.press('Control+e')
  await page.getByRole('button', { name: 'Emotes', exact: true }).click()
  await expect(page.getByText('No emotes yet.')).toBeVisible()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add an emote' }).click()
  await (await chooser).setFiles({ name: 'a dot.png', mimeType: 'image/png', buffer: PIXEL })
  const name = page.getByLabel('Name', { exact: true })
  await expect(name).toHaveValue('a_dot')
  await name.fill('no name')
  await name.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Use letters, digits')
  await name.fill('点:小')
  await name.press('Enter')
  await page.getByRole('group', { name: 'Emotes' }).getByRole('button', { name: '点:小' }).click()
  await expect(line).toHaveValue(':点:小:')
  await line.press('Enter')
  await expect(player.locator('.sm-text img[alt=":点:小:"]')).toBeVisible()
})

test('quotation marks, speed and a beginning go with every line until they are taken off', async ({
  context,
  server,
}) => {
  const { page, line, say } = await openDesk(context, server)
  await page.getByRole('button', { name: 'Sending options' }).click()
  await page.getByRole('switch', { name: 'Put quotation marks around each line' }).click()
  await page.getByRole('slider', { name: 'Typing speed' }).fill('2')
  await page.getByLabel('After each send, begin with').fill('～{cursor}♪')
  await page.keyboard.press('Escape')
  await say('你好\n「再见」')
  await expect.poll(() => texts(server)).toEqual(['[speed=2]「你好」[/speed]', '[speed=2]「再见」[/speed]'])
  await expect(line).toHaveValue('～♪')
  // The beginning by itself is no line.
  await line.press('Enter')
  await page.keyboard.type('la')
  await line.press('Enter')
  await expect.poll(() => texts(server)).toHaveLength(3)
  expect((await texts(server))[2]).toBe('[speed=2]「～la♪」[/speed]')
})

test('the line is seen as JSON, changed and sent; what is no message is named beside the field', async ({
  context,
  server,
}) => {
  const { page, line } = await openDesk(context, server)
  await line.fill('[b]hi')
  await page.getByRole('button', { name: 'Show as JSON' }).click()
  const json = page.getByRole('textbox', { name: 'What players get' })
  expect(JSON.parse(await json.inputValue())).toEqual({
    message: [{ fragments: [{ text: 'hi', style: { bold: true } }] }],
  })
  const panel = page.getByRole('region', { name: 'JSON' })
  const send = panel.getByRole('button', { name: 'Send' })
  for (const [wrong, words] of [
    ['{', 'Line 1, column 2: the text ends too early'],
    ["echolive.send({\n  messages: [alert('x')] })", 'Line 2, column 14: “alert” is code'],
    ['{"message": 7}', '“message” must be a text in quotation marks, or a list of lines'],
    ['7', '“JSON” must be a group of fields'],
  ] as const) {
    await json.fill(wrong)
    await send.click()
    await expect(panel.getByRole('alert')).toContainText(words)
    await expect(json).toHaveValue(wrong)
  }
  await json.fill('{"message": [{"fragments": [{"text": "by hand"}]}]}')
  await send.click()
  await expect.poll(() => published(server)).toHaveLength(1)
  await expect(line).toHaveValue('[b]hi')

  // Echo-Live's start.js, whose literals are no JSON.
  const chooser = page.waitForEvent('filechooser')
  await panel.getByRole('button', { name: 'Open a file' }).click()
  await (await chooser).setFiles({
    name: 'start.js',
    mimeType: 'text/javascript',
    buffer: Buffer.from(
      "// 开场\necholive.send({ username: '小明', messages: [{ message: ['你好，', { text: '世界', style: { bold: true }, },], },], });\n" +
        "echolive.send({ message: 'second' })",
    ),
  })
  await expect(json).toHaveValue(/开场/)
  await send.click()
  await expect.poll(() => published(server)).toHaveLength(3)
  const kept = await server.api('GET', '/rooms/lobby/messages')
  const { messages } = (await kept.json()) as { messages: { data: unknown }[] }
  expect(messages.map(({ data }) => data)).toContainEqual({
    username: '小明',
    messages: [{ message: ['你好，', { text: '世界', style: { bold: true } }] }],
  })
})

test('the large editor fills the page, sends, and goes by Escape; what is typed stays', async ({
  context,
  server,
}) => {
  const { page, line } = await openDesk(context, server)
  const height = async () => (await line.boundingBox())!.height
  const small = await height()
  await line.fill('a long story')
  await page.keyboard.press('Control+Shift+F')
  expect(await height()).toBeGreaterThan(small * 5)
  await expect(line).toBeFocused()
  await page.keyboard.press('Escape')
  expect(await height()).toBe(small)
  await expect(line).toHaveValue('a long story')
})

/** Moves a finger from the middle of one place to a height, in steps, as a hand does. */
async function dragByTouch(page: Page, from: Locator, toY: number, rest: () => Promise<void>): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const box = (await from.boundingBox())!
  const x = box.x + box.width / 2
  const y = box.y + box.height / 2
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number) =>
    devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }],
    })
  await touch('touchStart', y)
  await rest()
  for (let step = 1; step <= 5; step++) await touch('touchMove', y + ((toY - y) * step) / 5)
  await touch('touchEnd', toY)
}

test('held lines are put in order by a finger: by the handle, and by a long press', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  })
  const { page, line, queue } = await openDesk(context, server)
  for (const text of ['one', 'two', 'three']) {
    await line.fill(text)
    await line.press('Alt+Enter')
  }
  await expect(queue).toHaveText([/one/, /two/, /three/])
  const last = (await queue.nth(2).boundingBox())!
  await dragByTouch(
    page,
    queue.first().locator('[title^="Drag"]').first(),
    last.y + last.height - 2,
    async () => {},
  )
  await expect(queue).toHaveText([/two/, /three/, /one/])

  const first = (await queue.first().boundingBox())!
  await dragByTouch(page, queue.nth(2).getByText('one'), first.y + 2, async () => {
    // The row fades once the press is long enough.
    await expect(queue.nth(2)).toHaveCSS('opacity', '0.4')
  })
  await expect(queue).toHaveText([/one/, /two/, /three/])
  // The press that took it along was no tap: nothing was opened for editing.
  await expect(line).toHaveValue('')
  await context.close()
})

test('what was emptied in one room is not offered, nor put, in another', async ({ context, server }) => {
  await server.api('POST', '/rooms', { id: 'second' })
  const desk = await openDesk(context, server)
  await desk.line.fill('of the lobby')
  await desk.line.press('Alt+Enter')
  await expect(desk.queue).toHaveCount(1)
  await desk.page.getByRole('button', { name: 'Empty the queue' }).click()
  const undo = desk.page.getByRole('button', { name: 'Undo', exact: true })
  await expect(undo).toBeVisible()
  await desk.page.getByRole('combobox', { name: 'Room', exact: true }).selectOption('second')
  await expect(desk.page.getByText('No lines are held.')).toBeVisible()
  await expect(undo).toBeHidden()
  await expect(desk.line).toBeFocused()
})
