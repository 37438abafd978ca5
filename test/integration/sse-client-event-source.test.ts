import { describe, expect, it } from 'vitest'
import { beginStream, openClientPage, servePages, startClientPages } from '../support/sse-pages.ts'

/** The built EventSource in a real browser: the standard's behaviour, event by event. */

const pages = await startClientPages()
const { lib, server } = pages
const { page, path } = await openClientPage(pages)

/** Opens an EventSource in the page and notes what it dispatches, until `count` things came; closes it. */
function listen(url: string, count: number, options: { names?: string[]; withCredentials?: boolean } = {}) {
  return page.evaluate(
    ({ url, count, options }) =>
      new Promise<unknown[][]>(resolve => {
        const source = new SSE.EventSource(url, { withCredentials: options.withCredentials ?? false })
        const seen: unknown[][] = []
        const note = (...what: unknown[]) => {
          seen.push(what)
          if (seen.length !== count) return
          source.close()
          resolve(seen)
        }
        source.onopen = event => note('open', source.readyState, event.constructor.name, 'data' in event)
        source.onerror = event => note('error', source.readyState, event.constructor.name, 'data' in event)
        for (const name of ['message', ...(options.names ?? [])])
          source.addEventListener(name, event =>
            note(event.type, event.data, event.lastEventId, event.origin),
          )
      }),
    { url, count, options },
  )
}

const opened = ['open', 1, 'Event', false]

describe('the interface', () => {
  it('looks as Web IDL wants it', async () => {
    const facts = await page.evaluate(() => {
      const { EventSource: Ours } = SSE
      const source = new Ours('/nothing')
      const look = (target: object, name: PropertyKey) => {
        const found = Object.getOwnPropertyDescriptor(target, name)
        return (
          found && [
            !!found.enumerable,
            !!found.configurable,
            !!found.writable,
            typeof found.get,
            typeof found.set,
          ]
        )
      }
      const own = Object.getOwnPropertyNames(source)
      const throws = (run: () => unknown) => {
        try {
          run()
          return 'nothing'
        } catch (error) {
          return `${(error as Error).constructor.name}: ${(error as Error).name}`
        }
      }
      const result = {
        is: [
          source instanceof EventTarget,
          source instanceof Ours,
          Object.getPrototypeOf(Ours) === EventTarget,
        ],
        text: `${source}`,
        length: Ours.length,
        name: Ours.name,
        constants: [Ours.CONNECTING, Ours.OPEN, Ours.CLOSED, source.CONNECTING, source.OPEN, source.CLOSED],
        constant: [look(Ours, 'OPEN'), look(Ours.prototype, 'OPEN')],
        attribute: look(Ours.prototype, 'readyState'),
        handler: look(Ours.prototype, 'onopen'),
        method: look(Ours.prototype, 'close'),
        enumerableOwn: own.filter(name => Object.prototype.propertyIsEnumerable.call(source, name)),
        url: source.url,
        start: [source.readyState, source.withCredentials, source.onopen, source.onmessage, source.onerror],
        credentials: new Ours('/nothing', { withCredentials: true }).withCredentials,
        strings: [new Ours(1 as never).url, new Ours(null as never).url, new Ours(undefined as never).url],
        errors: [
          throws(() => new Ours('http://[::1/')),
          throws(() => new (Ours as unknown as new () => unknown)()),
          throws(() => (Ours as unknown as () => unknown)()),
          throws(() => Ours.prototype.readyState),
          throws(() => Ours.prototype.close.call({} as never)),
          throws(() => new Ours(Symbol('x') as never)),
        ],
      }
      source.close()
      return { ...result, closed: source.readyState }
    })
    expect(facts).toEqual({
      is: [true, true, true],
      text: '[object EventSource]',
      length: 1,
      name: 'EventSource',
      constants: [0, 1, 2, 0, 1, 2],
      constant: [
        [true, false, false, 'undefined', 'undefined'],
        [true, false, false, 'undefined', 'undefined'],
      ],
      attribute: [true, true, false, 'function', 'undefined'],
      handler: [true, true, false, 'function', 'function'],
      method: [true, true, true, 'undefined', 'undefined'],
      enumerableOwn: [],
      url: `${server.origin}/nothing`,
      start: [0, false, null, null, null],
      credentials: true,
      strings: [`${server.origin}/1`, `${server.origin}/null`, `${server.origin}/undefined`],
      errors: [
        'DOMException: SyntaxError',
        'TypeError: TypeError',
        'TypeError: TypeError',
        'TypeError: TypeError',
        'TypeError: TypeError',
        'TypeError: TypeError',
      ],
      closed: 2,
    })
  })

  it('keeps `on…` handlers as the standard does', async () => {
    const url = path((_, response) => beginStream(response, 'data:1\n\ndata:2\n\n'))
    const seen = await page.evaluate(
      url =>
        new Promise(resolve => {
          const source = new SSE.EventSource(url)
          const seen: unknown[] = []
          source.onmessage = () => seen.push('never called: replaced before')
          source.addEventListener('message', {
            handleEvent: event => void seen.push(`object ${(event as MessageEvent).data}`),
          })
          source.addEventListener('message', () => seen.push('once'), { once: true })
          source.onmessage = function (event) {
            seen.push(`handler ${event.data} ${this === source} ${event.target === source}`)
            if (event.data !== '2') return
            // A listener that was taken away, and a handler that is none.
            source.onmessage = null
            source.onerror = 'text' as never
            seen.push([source.onmessage, source.onerror])
            setTimeout(() => {
              source.close()
              resolve(seen)
            })
          }
        }),
      url,
    )
    // The handler stands where it was first set: before the listeners.
    expect(seen).toEqual([
      'handler 1 true true',
      'object 1',
      'once',
      'handler 2 true true',
      [null, null],
      'object 2',
    ])
  })
})

describe('connecting', () => {
  it('asks without cache, with the right Accept header, and says it is open', async () => {
    let headers: Record<string, unknown> = {}
    const url = path((request, response) => {
      headers = request.headers
      beginStream(response)
    })
    expect(await listen(url, 1)).toEqual([opened])
    expect(headers).toMatchObject({ accept: 'text/event-stream', 'cache-control': 'no-cache' })
    expect(headers['last-event-id']).toBeUndefined()
  })

  it.each([204, 205, 210, 299, 404, 410, 500, 503])('closes at status %i', async status => {
    const url = path((_, response) =>
      response.writeHead(status, { 'content-type': 'text/event-stream' }).end(),
    )
    expect(await listen(url, 1)).toEqual([['error', 2, 'Event', false]])
    expect(server.count(url)).toBe(1)
  })

  it.each([
    ['text/event-stream;', true],
    ['text/event-stream;charset=windows-1252', true],
    ['TEXT/Event-Stream; x bogus', true],
    ['text/plain', false],
    ['text/event-streams', false],
    ['x bogus', false],
    ['', false],
  ])('type %j: takes it %j', async (type, taken) => {
    const url = path((_, response) => {
      response.writeHead(200, type ? { 'content-type': type } : {})
      response.write('data:ok…\n\n')
    })
    const [first, second] = await listen(url, taken ? 2 : 1)
    expect(first?.[0]).toBe(taken ? 'open' : 'error')
    expect(second?.[1]).toBe(taken ? 'ok…' : undefined)
    if (!taken) expect(first?.[1]).toBe(2)
  })

  it.each([301, 302, 303, 307, 308])('follows %i, and gives the last address’s origin', async status => {
    const target = path((_, response) =>
      beginStream(response, 'data:a\n\n', { 'access-control-allow-origin': '*' }),
    )
    const here = path((_, response) => response.writeHead(status, { location: target }).end())
    const away = path((_, response) =>
      response.writeHead(status, { location: server.foreign + target }).end(),
    )
    expect((await listen(here, 2))[1]).toEqual(['message', 'a', '', server.origin])
    expect((await listen(away, 2))[1]).toEqual(['message', 'a', '', server.foreign])
  })

  it('goes to another origin that allows it, with cookies only if asked', async () => {
    const cookies: unknown[] = []
    const url = path((request, response) => {
      cookies.push(request.headers.cookie)
      const allowed = {
        'access-control-allow-origin': server.origin,
        'access-control-allow-credentials': 'true',
      }
      beginStream(response, 'data:a\n\n', allowed)
    })
    await page.context().addCookies([{ name: 'a', value: '1', url: server.foreign, sameSite: 'Lax' }])
    await page.context().addCookies([{ name: 'b', value: '2', url: server.origin }])
    expect((await listen(server.foreign + url, 2))[1]).toEqual(['message', 'a', '', server.foreign])
    expect((await listen(server.foreign + url, 2, { withCredentials: true }))[1]?.[1]).toBe('a')
    await listen(url, 1)
    // localhost and 127.0.0.1 are two sites: a Lax cookie stays at home, whatever is asked.
    expect(cookies).toEqual([undefined, undefined, 'b=2'])
  })

  it('closes where CORS refuses, and goes on trying where nobody answers', async () => {
    const refused = path((_, response) => beginStream(response, 'data:a\n\n'))
    expect(await listen(server.foreign + refused, 1)).toEqual([['error', 2, 'Event', false]])

    const free = await servePages(lib)
    await free.close()
    expect(await listen(`${free.origin}/`, 1)).toEqual([['error', 0, 'Event', false]])
  })

  it.each(['ftp://example.test/', 'about:blank', 'mailto:a@example.test', 'javascript:void 0'])(
    'closes at %s',
    async url => {
      expect(await listen(url, 1)).toEqual([['error', 2, 'Event', false]])
    },
  )
})

describe('events', () => {
  it('dispatches each as a task of its own: one may be awaited, then the next', async () => {
    const url = path((_, response) => beginStream(response, 'data:1\n\ndata:2\n\ndata:3\n\n'))
    const seen = await page.evaluate(async url => {
      const source = new SSE.EventSource(url)
      const next = () =>
        new Promise<string>(resolve => {
          source.onmessage = event => resolve(event.data)
        })
      const seen: string[] = []
      while (seen.length < 3) seen.push(await next())
      source.close()
      return seen
    }, url)
    expect(seen).toEqual(['1', '2', '3'])
  })

  it('dispatches nothing more once closed, even from what has come', async () => {
    const url = path((_, response) => {
      beginStream(response, 'data:1\n\ndata:2\n\n')
      response.end()
    })
    const seen = await page.evaluate(async url => {
      const source = new SSE.EventSource(url)
      const seen: unknown[] = []
      source.onerror = () => seen.push('error')
      source.onmessage = event => {
        seen.push(event.data)
        source.close()
      }
      while (seen.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
      // Tasks that were queued have had their turn by then.
      for (let turn = 0; turn < 5; turn++) await new Promise(resolve => setTimeout(resolve, 5))
      return [seen, source.readyState]
    }, url)
    expect(seen).toEqual([['1'], 2])
  })

  it('gives named events their names, ids that last, and nothing to `message`', async () => {
    const url = path((_, response) =>
      beginStream(response, 'event:custom\nid:1\ndata:a\n\ndata:b\n\nid:é\n\nevent:custom\ndata:c\n\n'),
    )
    expect(await listen(url, 4, { names: ['custom'] })).toEqual([
      opened,
      ['custom', 'a', '1', server.origin],
      ['message', 'b', '1', server.origin],
      ['custom', 'c', 'é', server.origin],
    ])
  })

  it('goes on when a listener throws', async () => {
    const url = path((_, response) => beginStream(response, 'data:1\n\ndata:2\n\n'))
    const errors: string[] = []
    page.on('pageerror', error => errors.push(error.message))
    const seen = await page.evaluate(
      url =>
        new Promise(resolve => {
          const source = new SSE.EventSource(url)
          source.onmessage = event => {
            if (event.data === '1') throw new Error('from a listener')
            source.close()
            resolve(event.data)
          }
        }),
      url,
    )
    expect(seen).toBe('2')
    expect(errors).toEqual(['from a listener'])
  })
})

describe('reconnecting', () => {
  it('says so, waits the time that the server named, and sends the last id', async () => {
    const ids: unknown[] = []
    const times: number[] = []
    const url = path((request, response) => {
      times.push(performance.now())
      const sent = request.headers['last-event-id']
      ids.push(sent && Buffer.from(sent as string, 'latin1').toString())
      beginStream(response, 'retry:300\nid:漢字 1\ndata:a\n\n')
      response.end()
    })
    const seen = await listen(url, 5)
    expect(seen).toEqual([
      opened,
      ['message', 'a', '漢字 1', server.origin],
      ['error', 0, 'Event', false],
      opened,
      ['message', 'a', '漢字 1', server.origin],
    ])
    expect(ids.slice(0, 2)).toEqual([undefined, '漢字 1'])
    expect(times[1]! - times[0]!).toBeGreaterThan(290)
  })

  it('reconnects when the connection breaks', async () => {
    const url = path((_, response) => {
      beginStream(response, 'retry:10\ndata:a\n\n')
      if (server.count(url) === 1) setTimeout(() => response.destroy(), 20)
    })
    expect((await listen(url, 5)).map(([type, value]) => [type, value])).toEqual([
      ['open', 1],
      ['message', 'a'],
      ['error', 0],
      ['open', 1],
      ['message', 'a'],
    ])
  })

  it('lets the back/forward cache have the page, and comes back with it', async () => {
    // Its own: the cache is for pages that nothing else looks into.
    const url = path((_, response) => beginStream(response, 'id:1\ndata:a\n\n'))
    const states = await page.evaluate(async url => {
      const source = new SSE.EventSource(url)
      const states: unknown[] = []
      source.onmessage = () => states.push('message')
      source.onerror = () => states.push(['error', source.readyState])
      const until = async (count: number) => {
        while (states.length < count) await new Promise(resolve => setTimeout(resolve, 5))
      }
      await until(1)
      window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
      window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
      await until(3)
      source.close()
      return states
    }, url)
    expect(states).toEqual(['message', ['error', 0], 'message'])
    expect(server.count(url)).toBe(2)
  })
})

describe('elsewhere', () => {
  it('runs in a worker', async () => {
    const url = path((_, response) => beginStream(response, 'data:from a worker\n\n'))
    const data = await page
      .evaluate(
        ({ url, origin }) =>
          new Promise(resolve => {
            const code = `import { EventSource } from '${origin}/lib/index.mjs'
            const source = new EventSource('${origin}${url}')
            source.onmessage = event => postMessage([event.data, event.origin])`
            const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })), {
              type: 'module',
            })
            worker.onmessage = event => resolve(event.data)
          }),
        { url, origin: server.origin },
      )
      .catch(error => error.message)
    // A worker from a blob has the page's origin: it may read without CORS.
    expect(data).toEqual(['from a worker', server.origin])
  })

  it('reads a stream that the page already has, once', async () => {
    const seen = await page.evaluate(
      () =>
        new Promise(resolve => {
          const stream = new Response('id:1\nretry:5\ndata:a\n\n').body!
          const source = SSE.EventSource.fromReadableStream(stream)
          const seen: unknown[] = [source.url, source.readyState, stream.locked]
          source.onmessage = event =>
            seen.push(event.data, event.origin, source.lastEventId, source.reconnectionTime)
          source.onerror = () => {
            seen.push(source.readyState)
            resolve(seen)
          }
        }),
    )
    expect(seen).toEqual(['about:event-stream', 0, true, 'a', 'null', '1', 5, 2])
  })
})
