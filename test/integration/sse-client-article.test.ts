import { expect, it } from 'vitest'
import { beginStream, startClientPages } from '../support/sse-pages.ts'

/**
 * The two ways of the article "JS SSE 方案" that the library began with, as pages: EventSource with a custom event, and
 * a POST read as it comes, each with a button to connect and one to disconnect. The library stands in for what the
 * pages used before; nothing else in them need change.
 */

const { server, browser } = await startClientPages()

/** A page with both buttons and a log. */
async function openPage(path: string, script: string) {
  server.on(path, (_, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><title>SSE</title>
      <button onclick="connect()">建立连接</button> <button onclick="disconnect()">断开连接</button><div id="log"></div>
      <script src="/lib/sse-client.min.js"></script>
      <script>
        function log(line) { var p = document.createElement('p'); p.textContent = line; document.getElementById('log').append(p) }
        ${script}
      </script>`)
  })
  const page = await browser.newPage()
  await page.goto(server.origin + path)
  const lines = () => page.locator('#log p').allTextContents()
  return { page, lines }
}

it('EventSource: a custom event, states, a reconnection time, closing by hand', async () => {
  server.on('/sse', (request, response) => {
    beginStream(response, ':\n', { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' })
    let id = 0
    const timer = setInterval(() => {
      const data = JSON.stringify({ id, params: request.url!.split('?')[1] })
      response.write(`event: customEvent\nid: ${id}\nretry: 30000\ndata: ${data}\n\n`)
      if (++id < 10) return
      clearInterval(timer)
      response.end()
    }, 10)
    request.on('close', () => clearInterval(timer))
  })
  const { page, lines } = await openPage(
    '/article-1',
    `window.EventSource = SSEClient.EventSource
     let source
     function connect() {
       source = new EventSource('${server.foreign}/sse?content=xxx')
       source.addEventListener('customEvent', event => {
         const { id, params } = JSON.parse(event.data)
         log(id + ' ' + params)
       })
       source.onopen = () => log('open ' + source.readyState)
       source.onerror = () => log('error ' + source.readyState)
     }
     function disconnect() { source.close(); log('closed ' + source.readyState) }`,
  )
  await page.getByText('建立连接').click()
  await page.getByText('error 0').waitFor()
  await page.getByText('断开连接').click()
  const events = Array.from({ length: 10 }, (_, id) => `${id} content=xxx`)
  expect(await lines()).toEqual(['open 1', ...events, 'error 0', 'closed 2'])
  expect(server.count('/sse')).toBe(1)
  await page.close()
})

it('fetch: a POST with a JSON body, read as it comes, to its end or until aborted', async () => {
  let gone = 0
  server.on('/fetch-sse', async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    response.on('close', () => gone++)
    beginStream(response)
    const { last } = JSON.parse(body)
    for (let id = 0; id <= last; id++) response.write(`data: ${JSON.stringify({ id, body })}\n\n`)
    if (last < 10) response.end()
  })
  const { page, lines } = await openPage(
    '/article-2',
    `let controller, last = 2
     function connect() {
       controller = new AbortController()
       SSEClient.createEventStream({
         url: '/fetch-sse',
         headers: { 'Content-Type': 'application/json' },
         body: JSON.stringify({ last }),
         signal: controller.signal,
         onEnd: 'stop',
         parse: JSON.parse,
         onConnect: () => log('open'),
         onMessage: event => { if (event.data.id <= 2) log(event.data.id + ' ' + event.data.body) },
         onDisconnect: () => log('closed')
       })
       last = 10
     }
     function disconnect() { controller.abort(); log('aborted') }`,
  )
  await page.getByText('建立连接').click()
  await page.getByText('closed').waitFor()
  expect(await lines()).toEqual(['open', '0 {"last":2}', '1 {"last":2}', '2 {"last":2}', 'closed'])

  await page.getByText('建立连接').click()
  await page.getByText('2 {"last":10}').waitFor()
  await page.getByText('断开连接').click()
  expect((await lines()).slice(5)).toEqual([
    'open',
    '0 {"last":10}',
    '1 {"last":10}',
    '2 {"last":10}',
    'closed',
    'aborted',
  ])
  await expect.poll(() => gone).toBe(2)
  await page.close()
})
