import { expect, test } from './fixtures.ts'
import { send, text } from './player-page.ts'

test('the player comes compressed where the client takes that, and whole where it does not', async ({
  page,
  server,
}) => {
  const scripts: string[] = []
  page.on('response', response => {
    if (response.request().resourceType() === 'script') scripts.push(response.url())
  })
  await page.goto(`${server.url}/`)
  await expect.poll(() => scripts.length).toBeGreaterThan(0)
  for (const url of scripts) {
    const packed = await fetch(url, { headers: { 'Accept-Encoding': 'gzip' } })
    const plain = await fetch(url, { headers: { 'Accept-Encoding': 'identity' } })
    expect(plain.headers.get('content-encoding')).toBeNull()
    expect(packed.headers.get('content-type')).toBe(plain.headers.get('content-type'))
    expect(packed.headers.get('vary') ?? '').toContain('Accept-Encoding')
    expect(await packed.text()).toBe(await plain.text())
  }
  const main = await fetch(scripts[0]!, { headers: { 'Accept-Encoding': 'gzip' } })
  expect(main.headers.get('content-encoding')).toBe('gzip')
})

test('the page of the API is dark where the system is, and its calls can be read on a phone', async ({
  page,
  server,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 300, height: 800 })
  await page.goto(`${server.url}/docs`)
  const call = page.locator('#operations-messages-postSend')
  await expect(call).toBeVisible()
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
    'rgb(28, 32, 34)',
  )
  // What it does is one or two lines, not a column of words.
  const words = await call.locator('.opblock-summary-description').boundingBox()
  expect(words!.width).toBeGreaterThan(150)
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(page.locator('html')).not.toHaveClass(/dark-mode/)
})

test('the client for a script tag listens to a room, and is never an old one', async ({ page, server }) => {
  await page.goto(`${server.url}/docs`)
  const client = `${server.url}/static/js/sse-client.js`
  await page.addScriptTag({ url: client })
  const hello = await page.evaluate(
    () =>
      new Promise(done => {
        const { EventSource } = (
          window as unknown as { SSEClient: { EventSource: typeof globalThis.EventSource } }
        ).SSEClient
        new EventSource('/api/v1/events').addEventListener('meta', event => done(JSON.parse(event.data)))
      }),
  )
  expect(hello).toMatchObject({ type: 'hello', room: 'lobby' })
  // Its name stays from version to version.
  const { headers } = await fetch(client)
  expect(headers.get('cache-control')).toBe('no-cache')
  expect(headers.get('etag')).not.toBeNull()
})

test('the files of a page are kept for good, and the page is small: compressed, with the room’s first line in it', async ({
  page,
  server,
}) => {
  await send(server, '第一句')
  const kept = new Map<string, string | undefined>()
  page.on('response', response => {
    if (response.url().includes('/static/')) kept.set(response.url(), response.headers()['cache-control'])
  })
  const response = await page.goto(`${server.url}/lobby`)
  await expect(text(page)).toHaveText('第一句')
  expect(kept.size).toBeGreaterThan(2)
  expect(new Set(kept.values())).toEqual(new Set(['public, max-age=31536000, immutable']))
  expect(response!.headers()['content-encoding']).toBe('gzip')
  const plain = await fetch(`${server.url}/lobby`, { headers: { 'Accept-Encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toContain('第一句')
})
