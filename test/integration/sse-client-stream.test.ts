import { expect, it } from 'vitest'
import { beginStream, openClientPage, startClientPages } from '../support/sse-pages.ts'

/** `createEventStream` of the built ES module in a real browser: what a page adds to it. */

const pages = await startClientPages()
const { server } = pages
const { page, path } = await openClientPage(pages)

it('posts, reads by `for await`, and stops at a clean end', async () => {
  const url = path((request, response) => {
    let body = ''
    request.on('data', chunk => {
      body += chunk
    })
    request.on('end', () => {
      beginStream(
        response,
        `data:${request.method} ${request.headers['content-type']} ${body}\n\nevent:delta\ndata:x\n\n`,
      )
      response.end()
    })
  })
  const seen = await page.evaluate(async url => {
    const seen: unknown[] = []
    const headers = { 'Content-Type': 'application/json' }
    for await (const event of SSE.createEventStream({ url, body: '{"a":1}', headers, onEnd: 'stop' }))
      seen.push([event.type, event.data])
    return seen
  }, url)
  expect(seen).toEqual([
    ['message', 'POST application/json {"a":1}'],
    ['delta', 'x'],
  ])
})

it('uses the platform’s EventSource if told so, with one retry policy and the last id in the query', async () => {
  const urls: unknown[] = []
  const url = path((request, response) => {
    urls.push(request.url)
    beginStream(response, `id:${urls.length}\ndata:a\n\nevent:delta\ndata:b\n\n`)
    response.end()
  })
  const seen = await page.evaluate(async url => {
    const seen: unknown[] = []
    const stream = SSE.createEventStream({ url, transport: 'eventsource', events: ['delta'], retry: 10 })
    for await (const event of stream) {
      seen.push([event.type, event.data, event.id, event.lastEventId])
      if (seen.length === 4) break
    }
    return seen
  }, url)
  expect(seen).toEqual([
    ['message', 'a', '1', '1'],
    ['delta', 'b', undefined, '1'],
    ['message', 'a', '2', '2'],
    ['delta', 'b', undefined, '2'],
  ])
  expect(urls.slice(0, 2)).toEqual([url, `${url}?last_event_id=1`])
})

it('is back at once when the network is, and pauses while hidden if wanted', async () => {
  const url = path((_, response) => {
    if (server.count(url) === 1) response.writeHead(503).end()
    else beginStream(response, 'data:a\n\n')
  })
  const seen = await page.evaluate(async url => {
    const until = async (state: string) => {
      while (stream.state !== state) await new Promise(resolve => setTimeout(resolve, 5))
      return state
    }
    const stream = SSE.createEventStream({
      url,
      retry: 1_000_000,
      pauseWhenHidden: true,
      onEvent: () => {},
    })
    const states = [await until('waiting')]
    window.dispatchEvent(new Event('online'))
    states.push(await until('open'))
    let hidden = true
    Object.defineProperty(document, 'hidden', { get: () => hidden, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    states.push(stream.state)
    window.dispatchEvent(new Event('online'))
    states.push(stream.state)
    hidden = false
    document.dispatchEvent(new Event('visibilitychange'))
    states.push(await until('open'))
    stream.close()
    return states
  }, url)
  expect(seen).toEqual(['waiting', 'open', 'paused', 'paused', 'open'])
  expect(server.count(url)).toBe(3)
})

it('keeps its place over a reload by sessionStorage', async () => {
  const ids: unknown[] = []
  const url = path((request, response) => {
    ids.push(request.headers['last-event-id'])
    beginStream(response, `id:${ids.length}\ndata:a\n\n`)
  })
  const open = () =>
    page.evaluate(async url => {
      for await (const event of SSE.createEventStream({ url, storage: sessionStorage })) return event.id
    }, url)
  expect(await open()).toBe('1')
  await page.reload()
  await page.waitForFunction(() => 'SSE' in globalThis)
  expect(await open()).toBe('2')
  expect(ids).toEqual([undefined, '1'])
})
