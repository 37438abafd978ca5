import { holdBack, openDesk, published, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

/** The smallest PNG there is: one pixel, of another colour for each number. */
const png = (number: number) =>
  Buffer.from(
    [
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    ][number]!,
    'base64',
  )

test('saving twice makes one, and what is typed while it is saved stays', async ({ context, server }) => {
  const { page } = await openDesk(context, server, '/admin/phrases')
  const creating = await holdBack(page, '**/api/v1/phrases', 'POST')
  await page.getByRole('button', { name: 'New phrase' }).click()
  await page.getByLabel('Text', { exact: true }).fill('once')
  await page.getByRole('button', { name: 'Save' }).dblclick()
  await expect.poll(() => creating.held.length).toBeGreaterThan(0)
  await creating.letGo()
  await expect(page.getByRole('button', { name: 'Send once' })).toHaveCount(1)
  const { phrases } = await (await server.api('GET', '/phrases')).json()
  expect(phrases).toHaveLength(1)

  await server.api('POST', '/speakers', { name: 'Alice' })
  await page.getByRole('link', { name: 'Speakers' }).click()
  await page.getByRole('main').getByRole('button', { name: 'Alice', exact: false }).first().click()
  const changing = await holdBack(page, '**/api/v1/speakers/*', 'PATCH')
  const name = page.getByLabel('Name', { exact: true })
  await name.fill('Alice B')
  await name.press('Enter')
  await expect.poll(() => changing.held.length).toBe(1)
  await name.fill('Alice B the second')
  await changing.letGo()
  await expect(page.getByRole('main').getByRole('listitem').getByText('Alice B')).toBeVisible()
  await expect(name).toHaveValue('Alice B the second')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('main').getByRole('listitem').getByText('Alice B the second')).toBeVisible()
})

test('an expression that is renamed while another is uploaded keeps its name', async ({
  context,
  server,
}) => {
  const { page } = await openDesk(context, server, '/admin/speakers')
  await page.getByRole('button', { name: 'New speaker' }).click()
  const add = async (number: number) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add a picture' }).click()
    const file = { name: `mood-${number}.png`, mimeType: 'image/png', buffer: png(number) }
    await (await chooser).setFiles(file)
  }
  const moods = page.getByLabel('Expression', { exact: true })
  await add(0)
  await expect(moods).toHaveCount(1)
  const uploading = await holdBack(page, '**/api/v1/assets*', 'POST')
  await add(1)
  await expect.poll(() => uploading.held.length).toBe(1)
  await moods.fill('smile')
  await uploading.letGo()
  await expect(moods).toHaveCount(2)
  await expect(moods.first()).toHaveValue('smile')
})

test('two pictures that are deleted at once are both gone from the gallery', async ({ context, server }) => {
  for (const number of [0, 1])
    await fetch(`${server.url}/api/v1/assets?name=${number}.png`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(png(number)),
    })
  const { page } = await openDesk(context, server)
  await page.getByRole('button', { name: 'Pictures', exact: true }).click()
  const gallery = page.getByRole('group', { name: 'Pictures on the server' })
  await page.getByRole('button', { name: 'Tidy up' }).click()
  const deleting = await holdBack(page, '**/api/v1/assets/*', 'DELETE')
  await gallery.getByRole('button').first().click()
  await gallery.getByRole('button').last().click()
  await expect.poll(() => deleting.held.length).toBe(2)
  await deleting.letGo()
  await expect(gallery.getByRole('button')).toHaveCount(0)
})

test('a picture that is uploaded while the room is changed is not put into a line of the other room', async ({
  context,
  server,
}) => {
  await server.api('POST', '/rooms', { id: 'other', name: 'other' })
  const desk = await openDesk(context, server)
  const { page } = desk
  await page.getByRole('button', { name: 'Pictures', exact: true }).click()
  const uploading = await holdBack(page, '**/api/v1/assets*', 'POST')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Upload' }).click()
  await (await chooser).setFiles({ name: 'a.png', mimeType: 'image/png', buffer: png(0) })
  await expect.poll(() => uploading.held.length).toBe(1)
  await page.getByRole('combobox', { name: 'Room' }).selectOption('other')
  await expect(page).toHaveURL(/room=other/)
  const uploaded = page.waitForResponse('**/api/v1/assets*')
  await uploading.letGo()
  await uploaded
  await desk.line.pressSequentially('not that')
  await desk.line.press('Enter')
  await expect.poll(() => texts(server, 'other')).toEqual(['not that'])
})

test('Enter in a field of a panel does not send the line that is being typed', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  const { page } = desk
  await desk.line.fill('half a sen')
  await page.getByRole('button', { name: 'Pictures', exact: true }).click()
  await page.getByRole('textbox', { name: 'Description for those who cannot see it' }).press('Enter')
  await page.getByRole('slider', { name: 'Height' }).press('Enter')
  await page.getByRole('button', { name: 'Sending options' }).click()
  await page.getByLabel('After each send, begin with').press('Enter')
  await expect(desk.line).toHaveValue('half a sen')
  await expect.poll(() => texts(server)).toEqual([])
})

test('an order that is not carried out is said, and a phrase’s key that is held down sends one line', async ({
  context,
  server,
}) => {
  await server.api('POST', '/phrases', { text: 'by key', hotkey: 'Alt+G' })
  const desk = await openDesk(context, server)
  const { page } = desk
  await page.route('**/api/v1/rooms/lobby/control', route => route.abort())
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('That did not work. The server cannot be reached.')
  await page.unroute('**/api/v1/rooms/lobby/control')
  await page.getByRole('button', { name: 'Next', exact: true }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)

  await page.keyboard.down('Alt')
  for (let press = 0; press < 5; press++) await page.keyboard.down('g')
  await page.keyboard.up('g')
  await page.keyboard.up('Alt')
  await desk.say('last')
  await expect.poll(async () => (await published(server)).at(-1)?.text).toBe('last')
  await expect.poll(() => texts(server)).toEqual(['by key', 'last'])
})

test('a room’s name that is being typed stays when another desk renames the room or makes a key', async ({
  context,
  server,
}) => {
  const { page } = await openDesk(context, server, '/admin/settings')
  const room = page.getByRole('region', { name: 'This room: lobby' })
  const name = room.getByLabel('Name', { exact: true })
  await name.fill('My half typed na')
  await server.api('PATCH', '/rooms/lobby', { name: 'Named elsewhere' })
  await room.getByRole('button', { name: 'Make a new key' }).click()
  await expect(room.getByRole('button', { name: 'Remove the key' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Room' })).toContainText('lobby')
  await expect(name).toHaveValue('My half typed na')
  await expect(room.getByRole('button', { name: 'Save' })).toBeVisible()
  await name.fill('Mine')
  await name.press('Enter')
  await expect(room.getByRole('button', { name: 'Saved' })).toBeVisible()
  expect((await (await server.api('GET', '/rooms/lobby')).json()).room.name).toBe('Mine')
})

test('what is wrong with one of two pictures stays said when the other arrives, until a line is sent', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  const { page, line } = desk
  const uploading = await holdBack(page, '**/api/v1/assets*', 'POST')
  const paste = (name: string, type: string, bytes: number[]) =>
    line.evaluate(
      (field, file) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(file.bytes)], file.name, { type: file.type }))
        field.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
        )
      },
      { name, type, bytes },
    )
  await paste('a.png', 'image/png', [...png(0)])
  await expect.poll(() => uploading.held.length).toBe(1)
  await paste('b.png', 'image/png', [1, 2, 3])
  await uploading.letGo()
  await expect(line).toHaveValue(/\[img=/)
  const problem = page.getByText('This is no picture that can be used here.')
  await expect(problem).toBeVisible()
  await line.press('Enter')
  await expect(problem).toBeHidden()
})

test('a list that is read twice shows what was read last, whichever answer comes last', async ({
  context,
  server,
}) => {
  for (const [index, name] of ['one', 'two'].entries())
    await fetch(`${server.url}/api/v1/assets/emotes?name=${name}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.token}`, 'Content-Type': 'application/octet-stream' },
      body: new Uint8Array(png(index)),
    })
  const { page } = await openDesk(context, server)
  await page.getByRole('button', { name: 'Emoji', exact: true }).click()
  await page.getByRole('button', { name: 'Emotes', exact: true }).click()
  await page.getByRole('button', { name: 'Rename and delete' }).click()
  const rows = page.getByRole('listitem').filter({ has: page.getByRole('textbox', { name: /^Name: / }) })
  await expect(rows).toHaveCount(2)
  let letGo = () => {}
  const late = new Promise<void>(resolve => {
    letGo = resolve
  })
  let readings = 0
  await page.route('**/api/v1/assets/emotes', async (route, request) => {
    if (request.method() !== 'GET' || readings++ > 0) return route.fallback()
    const response = await route.fetch()
    await late
    return route.fulfill({ response })
  })
  for (const name of ['one', 'two']) {
    const row = rows.filter({ has: page.getByRole('textbox', { name: `Name: ${name}` }) })
    await row.getByRole('button', { name: 'Delete' }).click()
    const gone = page.waitForResponse(response => response.request().method() === 'DELETE')
    await row.getByRole('button').click()
    await gone
    await expect.poll(() => readings).toBeGreaterThan(name === 'one' ? 0 : 1)
  }
  await expect(rows).toHaveCount(0)
  const answered = page.waitForResponse('**/api/v1/assets/emotes')
  letGo()
  await (await answered).finished()
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))
  await expect(rows).toHaveCount(0)
})
