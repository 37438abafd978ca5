import { expect, test } from './fixtures.ts'

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

test('the client for a script tag listens to a room', async ({ page, server }) => {
  await page.goto(`${server.url}/docs`)
  await page.addScriptTag({ url: `${server.url}/static/js/sse-client.js` })
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
})
