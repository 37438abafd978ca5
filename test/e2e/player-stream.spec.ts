import type { Page } from '@playwright/test'
import { FIRST_EVENTS_ID } from '../../src/shared/first-events.ts'
import { startTestServer } from '../support/server.ts'
import { expect, test } from './fixtures.ts'
import { complete, configure, control, noteLines, open, ownStream, send, text } from './player-page.ts'

test('the page is transparent and nothing of it blocks what lies behind', async ({ page, server }) => {
  await page.goto(server.url)
  const colours = await page.evaluate(() =>
    [document.documentElement, document.body, ...document.querySelectorAll('.sm-player, .sm-stage')].map(
      item => getComputedStyle(item).backgroundColor,
    ),
  )
  for (const colour of colours) expect(colour).toBe('rgba(0, 0, 0, 0)')
})

test('a room that asks for its key says so on a phone, on the player and on the backlog', async ({
  page,
  server,
}) => {
  await server.api('PATCH', '/rooms/lobby', { watchKey: 'open-sesame' })
  await send(server, '说过的话')
  for (const path of ['/lobby', '/lobby/history']) {
    await page.goto(server.url + path)
    await expect(page.locator('.sm-connection')).toHaveText('This room asks for its watch key')
    // Nothing lies over it.
    await page.locator('.sm-connection').click({ trial: true })
    await page.goto(`${server.url}${path}?key=${'k'.repeat(200)}`)
    await expect(page.locator('.sm-connection')).toContainText('check the address')
    await page.goto(`${server.url}${path}?key=open-sesame`)
    await expect(text(page)).toHaveText('说过的话')
    await expect(page.locator('.sm-connection')).toBeHidden()
  }
})

test.describe('pages of one browser', () => {
  test('a dozen, of three rooms, share one stream, and each is a player of its own', async ({
    context,
    server,
  }) => {
    const rooms = ['lobby', 'second', 'third']
    for (const id of rooms.slice(1)) expect((await server.api('POST', '/rooms', { id })).status).toBe(201)
    const pages: { room: string; page: Page }[] = []
    for (let index = 0; index < 12; index++) {
      const room = rooms[index % 3]!
      const page = await context.newPage()
      pages.push({ room, page })
      await page.goto(`${server.url}/${room}?label=source${index}`)
    }
    const players = async () => {
      const lists = await Promise.all(
        rooms.map(async room => {
          const answer = await server.api('GET', `/rooms/${room}/subscribers`)
          return ((await answer.json()) as { subscribers: unknown[] }).subscribers.length
        }),
      )
      return lists.join()
    }
    const say = async (words: string) => {
      for (const room of rooms)
        await server.api('POST', `/rooms/${room}/messages`, { data: { message: words + room } })
    }
    await expect.poll(players).toBe('4,4,4')
    await say('去')
    for (const { room, page } of pages) await expect(text(page)).toHaveText(`去${room}`)
    // The page that opened the stream goes; the others keep it.
    await pages.shift()!.page.close()
    await expect.poll(players).toBe('3,4,4')
    await say('还在')
    for (const { room, page } of pages) await expect(text(page)).toHaveText(`还在${room}`)
  })

  test('when the worker that holds the stream dies, another takes over', async ({
    browser,
    context,
    server,
  }) => {
    await configure(server, { queue: { policy: 'replace' } })
    const pages = [await context.newPage(), await context.newPage()]
    for (const [index, page] of pages.entries()) await open(page, server, `/?label=${index}`)
    await send(server, '之前')
    for (const page of pages) await expect(text(page)).toHaveText('之前')
    const cdp = await browser.newBrowserCDPSession()
    const { targetInfos } = await cdp.send('Target.getTargets')
    const worker = targetInfos.find(
      target => target.type === 'shared_worker' && target.url.startsWith(server.url),
    )
    const { sessionId } = await cdp.send('Target.attachToTarget', { targetId: worker!.targetId })
    const message = JSON.stringify({
      id: 1,
      method: 'Runtime.evaluate',
      params: { expression: 'self.close()' },
    })
    await cdp.send('Target.sendMessageToTarget', { sessionId, message })
    await send(server, '之后')
    for (const page of pages) await expect(text(page)).toHaveText('之后')
  })

  test('a page that was frozen for a while catches up with all it missed', async ({
    context,
    page,
    server,
  }) => {
    await configure(server, { queue: { holdMs: 0, holdPerCharMs: 0 }, typewriter: { charMs: 0 } })
    await open(page, server)
    const cdp = await context.newCDPSession(page)
    await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
    for (let index = 0; index < 50; index++) await send(server, `第${index}句`)
    await cdp.send('Page.setWebLifecycleState', { state: 'active' })
    await expect(text(page)).toHaveText('第49句')
  })

  test('without SharedWorker each page has a stream of its own', async ({ page, server }) => {
    await ownStream(page)
    await open(page, server)
    await send(server, '自己的流')
    await expect(text(page)).toHaveText('自己的流')
  })

  test('a shared worker that never answers is given up, and a script that did not come is asked for again', async ({
    page,
    server,
  }) => {
    await page.addInitScript(() => {
      Object.assign(window, {
        SharedWorker: class {
          port = new MessageChannel().port1
        },
      })
    })
    let asked = 0
    await page.route('**/stream-worker-*.js', route => (asked++ === 0 ? route.abort() : route.continue()))
    await send(server, '之前')
    await page.goto(`${server.url}/lobby`)
    await expect(text(page)).toHaveText('之前')
    await expect.poll(() => asked).toBe(2)
    await send(server, '之后')
    await expect(text(page)).toHaveText('之后', { timeout: 20_000 })
  })

  test('on a LAN address, which is no secure context, all the same', async ({ context }) => {
    const server = await startTestServer({ built: true, env: { ALLOWED_HOSTS: 'lan.test' } })
    try {
      const { port } = new URL(server.url)
      const pages = [await context.newPage(), await context.newPage()]
      for (const page of pages) await page.goto(`http://lan.test:${port}/`)
      expect(await pages[0]!.evaluate(() => isSecureContext)).toBe(false)
      await send(server, '手机上')
      for (const page of pages) await expect(text(page)).toHaveText('手机上')
    } finally {
      await server.dispose()
    }
  })
})

test('an idle player asks for no frames and has no timers', async ({ page, server }) => {
  await configure(server, { queue: { autoHideMs: 0 } })
  await page.addInitScript(() => {
    const counts = { frames: 0, timers: 0 }
    Object.assign(window, { counts })
    const { requestAnimationFrame: frame, setTimeout: timeout, setInterval: interval } = window
    window.requestAnimationFrame = callback => {
      counts.frames++
      return frame.call(window, callback)
    }
    window.setTimeout = ((...given: Parameters<typeof timeout>) => {
      counts.timers++
      return timeout.apply(window, given)
    }) as typeof setTimeout
    window.setInterval = ((...given: Parameters<typeof interval>) => {
      counts.timers++
      return interval.apply(window, given)
    }) as typeof setInterval
  })
  await open(page, server)
  await send(server, '一句话。')
  await complete(page)
  const before = await page.evaluate(() => ({ ...(window as unknown as { counts: object }).counts }))
  // Something must pass without a timer: two more events that change nothing on the screen.
  const heard = page.waitForResponse(response => response.url().includes('/report'))
  await control(server, 'hide')
  await heard
  await control(server, 'show')
  await expect(page.locator('.sm-box')).toHaveCSS('opacity', '1')
  expect(await page.evaluate(() => (window as unknown as { counts: object }).counts)).toEqual(before)
})

test('a phone without SharedWorker that is cut off before any line came misses none', async ({
  page,
  server,
}) => {
  await configure(server, { queue: { holdMs: 0, holdPerCharMs: 0 }, typewriter: { charMs: 0 } })
  await send(server, '之前')
  const lines = await noteLines(page)
  const stream = await ownStream(page)
  // A busy server sends its page without the room's state.
  await page.route('**/lobby', async route => {
    const response = await route.fetch()
    const html = await response.text()
    expect(html).toContain(FIRST_EVENTS_ID)
    await route.fulfill({ response, body: html.replace(FIRST_EVENTS_ID, 'nothing') })
  })
  await page.goto(`${server.url}/lobby`)
  await expect(text(page)).toHaveText('之前')
  // The phone is away while two lines are sent and pass on other screens.
  stream.hold()
  await server.restart()
  await send(server, '之后一')
  await send(server, '之后二')
  stream.letGo()
  await expect(text(page)).toHaveText('之后二', { timeout: 20_000 })
  expect(await lines()).toEqual(['之前', '之后一', '之后二'])
})
