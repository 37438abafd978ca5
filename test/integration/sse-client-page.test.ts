import type { Page } from '@playwright/test'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type * as Client from '../../src/sse-client/index.ts'
import { beginStream, startClientPages } from '../support/sse-pages.ts'

/**
 * What the standard says of an EventSource and the page that it lives in: base addresses, frames and their realms, origins,
 * cancellation, uncaught errors. What holds in every runtime is in sse-observations.ts.
 */

declare global {
  var SSE: typeof Client
}

const { server, browser } = await startClientPages()
let page: Page

const FRAME = `<!doctype html><title>frame</title><script type="module">
import * as SSE from '/lib/index.mjs'
window.SSE = SSE
parent.postMessage('loaded')
</script>`

beforeAll(async () => {
  server.on('/frames/inner', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(FRAME),
  )
  server.on('/message', (_, response) => beginStream(response, 'data:a\n\n'))
  page = await browser.newPage()
})
beforeEach(async () => {
  await page.goto(server.origin)
  await page.waitForFunction(() => 'SSE' in globalThis)
})

it('takes an address against the base of its document, the empty one too', async () => {
  const urls = await page.evaluate(() => {
    const resolve = (url: string | URL) => {
      const source = new SSE.EventSource(url)
      source.close()
      return source.url
    }
    history.replaceState(null, '', '/some/page?a=1#part')
    const before = ['', 'x', '?b', '#c', '/x', '//example.test/x', new URL('x', location.href)].map(resolve)
    const base = document.createElement('base')
    base.href = '/elsewhere/'
    document.head.append(base)
    return [...before, ...['', 'x'].map(resolve)]
  })
  const { origin } = server
  expect(urls).toEqual([
    `${origin}/some/page?a=1`,
    `${origin}/some/x`,
    `${origin}/some/page?b`,
    `${origin}/some/page?a=1#c`,
    `${origin}/x`,
    'http://example.test/x',
    `${origin}/some/x`,
    `${origin}/elsewhere/`,
    `${origin}/elsewhere/x`,
  ])
})

it('belongs to the window that it is made in: its base, its realm, its life', async () => {
  let gone = () => {}
  const cancelled = new Promise<void>(resolve => {
    gone = resolve
  })
  server.on('/frames/stream', (_, response) => {
    response.on('close', gone)
    beginStream(response, 'data:a\n\n')
  })
  const seen = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    frame.src = '/frames/inner'
    const loaded = new Promise(resolve => window.addEventListener('message', resolve, { once: true }))
    document.body.append(frame)
    await loaded
    const inner = frame.contentWindow as Window & typeof globalThis
    const source = new inner.SSE.EventSource('stream')
    const event = await new Promise<MessageEvent>(resolve => {
      source.onmessage = resolve
    })
    const facts = [
      source.url,
      event instanceof inner.MessageEvent,
      event instanceof MessageEvent,
      source instanceof inner.EventTarget,
    ]
    // The stream goes with its document, unasked.
    frame.remove()
    return facts
  })
  expect(seen).toEqual([`${server.origin}/frames/stream`, true, false, true])
  await cancelled
})

it('is told of its own origin, whatever document.domain says', async () => {
  const origin = await page.evaluate(() => {
    // biome-ignore lint/correctness/noSelfAssign: setting it is what has an effect.
    document.domain = document.domain
    return new Promise(resolve => {
      const source = new SSE.EventSource('/message')
      source.onmessage = event => {
        source.close()
        resolve(event.origin)
      }
    })
  })
  expect(origin).toBe(server.origin)
})

it('a listener that throws stops no other, and the window hears of it', async () => {
  const seen = await page.evaluate(
    () =>
      new Promise(resolve => {
        const source = new SSE.EventSource('/message')
        const seen: string[] = []
        window.addEventListener('error', event => {
          seen.push(`error ${event.error.message}`)
          event.preventDefault()
        })
        source.onmessage = () => {
          throw new Error('first')
        }
        source.addEventListener('message', {
          handleEvent() {
            seen.push('second')
            throw new Error('of an object')
          },
        })
        const twice = () => void seen.push('once only')
        source.addEventListener('message', twice)
        source.addEventListener('message', twice)
        source.addEventListener('message', () => {
          source.close()
          resolve(seen)
        })
      }),
  )
  expect(seen).toEqual(['error first', 'second', 'error of an object', 'once only'])
})

it('follows a redirect to another origin that allows it, and takes none that does not', async () => {
  const cookies: unknown[] = []
  const redirect = (path: string, to: string) =>
    server.on(path, (_, response) => response.writeHead(302, { location: server.foreign + to }).end())
  redirect('/to-open', '/open')
  redirect('/to-closed', '/message')
  server.on('/open', (request, response) => {
    cookies.push(request.headers.cookie)
    beginStream(response, 'data:a\n\n', { 'access-control-allow-origin': '*' })
  })
  await page.context().addCookies([{ name: 'a', value: '1', url: server.foreign, sameSite: 'Lax' }])
  const seen = await page.evaluate(foreign => {
    const first = (url: string, withCredentials = false) =>
      new Promise(resolve => {
        const source = new SSE.EventSource(url, { withCredentials })
        const note = (event: Event) => {
          resolve([event.type, source.readyState, (event as MessageEvent).origin])
          source.close()
        }
        source.onmessage = source.onerror = note
      })
    return Promise.all([
      first('/to-open'),
      // With credentials `*` allows nobody.
      first(`${foreign}/open`, true),
      // At home a failed fetch is taken for the network's: nobody is asked a second time whether it was a redirect.
      first('/to-closed'),
    ])
  }, server.foreign)
  expect(seen).toEqual([
    ['message', 1, server.foreign],
    ['error', 2, undefined],
    ['error', 0, undefined],
  ])
  expect(cookies[0]).toBeUndefined()
})

it('a worker is back at once when the network is', async () => {
  server.on('/worker-stream', (_, response) => {
    if (server.count('/worker-stream') === 1) response.writeHead(503).end()
    else beginStream(response, 'data:back\n\n')
  })
  server.on('/online-worker.js', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`
import { createEventStream } from '/lib/index.mjs'
createEventStream({
  url: '/worker-stream',
  retry: 1_000_000,
  onError: () => setTimeout(() => dispatchEvent(new Event('online'))),
  onMessage: event => postMessage(event.data),
})`),
  )
  const data = await page.evaluate(
    () =>
      new Promise(resolve => {
        const worker = new Worker('/online-worker.js', { type: 'module' })
        worker.onmessage = event => resolve(event.data)
      }),
  )
  expect(data).toBe('back')
})
