import { openDesk, published } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('a speaker is made, picked by its number key, and its name goes with the line', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server, '/admin/speakers')
  const { page } = desk
  for (const name of ['Alice', 'Bob']) {
    await page.getByRole('button', { name: 'New speaker' }).click()
    await page.getByLabel('Name', { exact: true }).fill(name)
    await page.getByRole('button', { name: 'sky' }).click()
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
