import { deskOf, openDesk, texts } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

test('lines typed while the server is down wait, and go out once and in order when it is back', async ({
  context,
  server,
}) => {
  const desk = await openDesk(context, server)
  await desk.say('before')
  // Answered: a line that is still under way would wait with the others.
  await expect(desk.lines).toHaveAttribute('data-state', /^(sent|on-screen|shown)$/)
  await server.kill()
  await expect(desk.page.getByText('Not connected, reconnecting')).toBeVisible()
  for (const text of ['one', 'two', 'three']) await desk.say(text)
  await expect(desk.page.getByText('3 lines wait')).toBeVisible()
  await expect(desk.page.getByText('Your line is kept and will be sent')).toBeVisible()

  const back = await server.restart()
  try {
    await expect(desk.page.getByText('Not connected, reconnecting')).toBeHidden()
    await expect.poll(() => texts(back)).toEqual(['before', 'one', 'two', 'three'])
    await expect(desk.lines).toHaveCount(4)
    await desk.say('after')
    await expect.poll(() => texts(back)).toEqual(['before', 'one', 'two', 'three', 'after'])
  } finally {
    await back.dispose()
  }
})

test('unsent lines survive a reload of the page', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  await desk.page.route('**/api/v1/rooms/lobby/messages', (route, request) =>
    request.method() === 'POST' ? route.abort('connectionrefused') : route.fallback(),
  )
  await desk.say('kept over the reload')
  await expect(desk.lines).toHaveAttribute('data-state', 'waiting')
  await expect.poll(() => texts(server)).toEqual([])
  await desk.page.unrouteAll()
  await desk.page.reload()
  const again = await deskOf(desk.page)
  await expect(again.lines).toHaveAttribute('data-state', 'sent')
  await expect.poll(() => texts(server)).toEqual(['kept over the reload'])
})

test('a line that is published while only the stream is down stays in the list, and undo takes that one', async ({
  context,
  server,
}) => {
  await context.route('**/rooms/lobby/events', route => route.abort())
  const desk = await openDesk(context, server)
  await desk.say('one')
  await desk.say('two')
  await expect.poll(() => texts(server)).toEqual(['one', 'two'])
  await expect(desk.lines).toHaveText([/one/, /two/])
  await desk.line.press('Control+z')
  await expect.poll(() => texts(server)).toEqual(['one'])
})

test('a line whose answer got lost is not published twice', async ({ context, server }) => {
  const desk = await openDesk(context, server)
  let lost = 0
  await desk.page.route('**/api/v1/rooms/lobby/messages', async (route, request) => {
    if (request.method() !== 'POST' || lost > 0) return route.fallback()
    lost++
    await route.fetch()
    await route.abort('connectionreset')
  })
  await desk.say('once')
  await desk.say('next')
  await expect(desk.lines).toHaveCount(2)
  await expect(desk.lines.last()).toHaveAttribute('data-state', 'sent')
  expect(lost).toBe(1)
  await expect.poll(() => texts(server)).toEqual(['once', 'next'])
})

test('two pages of one browser that find the same unsent lines publish each once', async ({
  context,
  server,
}) => {
  await context.route('**/api/v1/rooms/lobby/messages', (route, request) =>
    request.method() === 'POST' ? route.abort('connectionrefused') : route.fallback(),
  )
  const desk = await openDesk(context, server)
  for (const text of ['one', 'two']) await desk.say(text)
  await expect(desk.lines).toHaveCount(2)
  const second = await openDesk(context, server)
  await expect(second.lines).toHaveCount(2)
  await context.unrouteAll()
  await expect(desk.lines.last()).toHaveAttribute('data-state', 'sent', { timeout: 20_000 })
  await expect(second.lines.last()).toHaveAttribute('data-state', 'sent', { timeout: 20_000 })
  await expect.poll(() => texts(server)).toEqual(['one', 'two'])
})
