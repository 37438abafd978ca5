import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isStreamError, type StreamError } from './errors.ts'
import { createEventStream } from './event-stream.ts'
import type { EventStreamOptions, StreamEvent } from './event-stream-options.ts'

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void
type Texts = Record<string, string>

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** A server of the test's own; `requests` has what came. */
async function serve(handler: Handler) {
  const requests: {
    method?: string | undefined
    url?: string | undefined
    headers: IncomingMessage['headers']
    body: string
  }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ method: request.method, url: request.url, headers: request.headers, body })
    handler(request, response, requests.length)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, requests }
}

function begin(response: ServerResponse, text = '') {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(text || ':\n')
}

function open(options: EventStreamOptions<Texts>) {
  const stream = createEventStream({ retry: { base: 1, max: 5 }, ...options })
  closers.push(() => stream.close())
  return stream
}

async function take(stream: AsyncIterable<StreamEvent<Texts>>, count: number) {
  const events: StreamEvent<Texts>[] = []
  for await (const event of stream) {
    events.push(event)
    if (events.length === count) break
  }
  return events
}

describe('the request', () => {
  it('asks for nothing when it is closed before the first attempt: no token is fetched in vain', async () => {
    const asked: string[] = []
    const options = {
      url: () => {
        asked.push('url')
        return 'http://127.0.0.1:1/'
      },
      headers: () => {
        asked.push('headers')
        return {}
      },
    }
    open(options).close()
    const stream = open({ ...options, signal: AbortSignal.abort() })
    await stream.done
    // The attempt would begin in a microtask of its own.
    await new Promise(setImmediate)
    expect(asked).toEqual([])
  })

  it('asks url, headers and body anew at each attempt: a fresh token each time', async () => {
    const { url, requests } = await serve((_, response, count) => {
      response.writeHead(count < 3 ? 503 : 204).end()
    })
    let attempt = 0
    const stream = open({
      url: async () => `${url}?try=${++attempt}`,
      headers: () => ({ Authorization: `Bearer ${attempt}` }),
      body: async () => `body ${attempt}`,
    })
    expect(await stream.done).toBeUndefined()
    expect(
      requests.map(({ method, url, headers, body }) => [method, url, headers.authorization, body]),
    ).toEqual([
      ['POST', '/?try=1', 'Bearer 1', 'body 1'],
      ['POST', '/?try=2', 'Bearer 2', 'body 2'],
      ['POST', '/?try=3', 'Bearer 3', 'body 3'],
    ])
  })

  it.each<[string, EventStreamOptions<Texts>['headers']]>([
    ['an object', { 'X-A': '1', accept: 'text/event-stream, */*' }],
    [
      'pairs',
      [
        ['X-A', '1'],
        ['Accept', 'text/event-stream, */*'],
      ],
    ],
    ['Headers', new Headers({ 'X-A': '1', Accept: 'text/event-stream, */*' })],
  ])('takes headers as %s, which come before its own', async (_, headers) => {
    const { url, requests } = await serve((_, response) => response.writeHead(204).end())
    await open({ url, headers, method: 'PUT' }).done
    expect(requests[0]).toMatchObject({
      method: 'PUT',
      headers: { 'x-a': '1', accept: 'text/event-stream, */*' },
    })
  })

  it('tells of a function that throws by the code `request`, and tries again', async () => {
    const { url } = await serve((_, response) => response.writeHead(204).end())
    const errors: unknown[] = []
    let tries = 0
    const stream = open({
      url,
      headers() {
        if (++tries === 1) throw new Error('no token yet')
        return {}
      },
      onError: error => errors.push([error.code, (error.cause as Error).message]),
    })
    await stream.done
    expect(errors).toEqual([['request', 'no token yet']])
  })

  it('begins from a given id, and puts it into the query if asked', async () => {
    const { url, requests } = await serve((_, response) => response.writeHead(204).end())
    await open({ url: `${url}?a=1#part`, lastEventId: 'ep-é 1', lastEventIdParam: 'last_event_id' }).done
    expect(requests[0]?.url).toBe('/?a=1&last_event_id=ep-%C3%A9%201')
    expect(Buffer.from(requests[0]?.headers['last-event-id'] as string, 'latin1').toString()).toBe('ep-é 1')
  })

  it('refuses a transport that cannot do what is asked', () => {
    const asked = () =>
      createEventStream({ url: 'http://localhost/', transport: 'eventsource', method: 'POST' })
    expect(asked).toThrow(expect.objectContaining({ code: 'unsupported' }))
    expect(() => createEventStream({ url: 'http://localhost/', transport: 'xhr' })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    )
  })
})

describe('failures', () => {
  it.each([401, 403, 404, 410, 204, 302])('status %i ends it, without another attempt', async status => {
    const { url, requests } = await serve((_, response) =>
      response.writeHead(status, { 'X-Why': 'because' }).end('no'),
    )
    const stream = open({ url, fetch: (input, init) => fetch(input, { ...init, redirect: 'manual' }) })
    const error = await stream.done
    expect(requests).toHaveLength(1)
    expect(stream.state).toBe('closed')
    if (status === 204) expect(error).toBeUndefined()
    else expect(error).toMatchObject({ code: 'status', status })
  })

  it.each([408, 425, 429, 500, 502, 503])('status %i is tried again', async status => {
    const { url, requests } = await serve((_, response, count) => {
      response.writeHead(count === 1 ? status : 204).end()
    })
    await open({ url }).done
    expect(requests).toHaveLength(2)
  })

  it('tells status, headers and the beginning of the body', async () => {
    const { url } = await serve((_, response) =>
      response
        .writeHead(401, { 'X-Why': 'expired' })
        .end(JSON.stringify({ msg: 'token expired', pad: 'x'.repeat(99_999) })),
    )
    const error = (await open({ url }).done) as StreamError
    expect(isStreamError(error)).toBe(true)
    expect(error).toMatchObject({ code: 'status', status: 401, url })
    expect(error.header?.('x-why')).toBe('expired')
    expect(error.body).toMatch(/^{"msg":"token expired"/)
    expect(error.body!.length).toBeLessThanOrEqual(16 * 1024)
  })

  it('refuses another type by the code `content-type`', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
    )
    expect(await open({ url }).done).toMatchObject({ code: 'content-type', status: 200 })
  })

  it('lets `accept` take another response, or refuse one', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(201, { 'content-type': 'text/plain' }).end('data:a\n\n'),
    )
    const events = await take(open({ url, accept: head => head.status === 201, onEnd: 'stop' }), 1)
    expect(events[0]?.data).toBe('a')
    expect(await open({ url, accept: () => false }).done).toMatchObject({ code: 'status', status: 201 })
  })

  it('asks the policy after each failure, with the count in a row and what the default would do', async () => {
    const { url } = await serve((_, response, count) => {
      if (count === 3) {
        begin(response, 'data:a\n\n')
        response.end()
      } else response.writeHead(503).end()
    })
    const asked: unknown[] = []
    const stream = open({
      url,
      retry(error, failures, suggested) {
        asked.push([error.code, failures, typeof suggested])
        return asked.length === 5 ? false : 1
      },
      onEvent: () => {},
    })
    expect(await stream.done).toMatchObject({ code: 'status', status: 503 })
    expect(asked).toEqual([
      ['status', 1, 'number'],
      ['status', 2, 'number'],
      ['end', 1, 'number'],
      ['status', 2, 'number'],
      ['status', 3, 'number'],
    ])
  })

  it('never waits less than Retry-After says', async () => {
    const { url } = await serve((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    let delay: unknown
    await new Promise<void>(resolve => {
      open({
        url,
        onError(_, ms) {
          delay = ms
          resolve()
        },
      })
    })
    expect(delay).toBe(7000)
  })

  it.each<[string, EventStreamOptions<Texts>['retry']]>([
    ['NaN', Number.NaN],
    ['a policy that says NaN', () => Number.NaN],
    ['a policy that says less than none', () => -1],
    ['a policy that says nothing', () => undefined],
  ])('takes what is no wait for the default: %s', async (_, retry) => {
    const { url } = await serve((_, response) => response.writeHead(429, { 'retry-after': '7' }).end())
    const delay = await new Promise(resolve => {
      open({ url, retry, onError: (_, ms) => resolve(ms) })
    })
    expect(delay).toBe(7000)
  })

  it('reports a connection that breaks in the middle, resumes, and drops the partial event', async () => {
    const { url, requests } = await serve((_, response, count) => {
      if (count === 1) {
        begin(response, 'id:7\ndata:a\n\nid:8\ndata:lost')
        setImmediate(() => response.destroy())
      } else begin(response, 'data:b\n\n')
    })
    const codes: unknown[] = []
    const stream = open({ url, onDisconnect: error => codes.push(error?.code) })
    expect((await take(stream, 2)).map(event => event.data)).toEqual(['a', 'b'])
    expect(requests[1]?.headers['last-event-id']).toBe('7')
    // The second: closed from here by leaving the loop.
    expect(codes).toEqual(['network', undefined])
  })

  it('ends at an event that is too large', async () => {
    const { url } = await serve((_, response) => begin(response, `data:a\n\ndata:${'x'.repeat(5000)}`))
    const stream = open({ url, maxEventSize: 1000 })
    const seen: string[] = []
    await expect(async () => {
      for await (const event of stream) seen.push(event.data)
    }).rejects.toMatchObject({ code: 'too-large' })
    expect(seen).toEqual(['a'])
  })

  it('tells of what `parse` throws and goes on', async () => {
    const { url } = await serve((_, response) => begin(response, 'data:{\n\ndata:{"n":1}\n\n'))
    const errors: unknown[] = []
    const stream = createEventStream<{ message: { n: number } }>({
      url,
      parse: text => JSON.parse(text),
      onError: (error, delay) => errors.push([error.code, delay]),
    })
    for await (const event of stream) {
      expect(event.data.n).toBe(1)
      break
    }
    expect(errors).toEqual([['parse', undefined]])
  })

  it('reconnects when nothing came for the idle time-out; comments count as life', async () => {
    const { url, requests } = await serve((_, response, count) => {
      begin(response, 'id:1\ndata:a\n\n')
      if (count > 1) return
      // Comments over more than the time-out, far closer than it; then silence.
      let comments = 0
      const timer = setInterval(() => {
        response.write(':\n')
        if (++comments === 25) clearInterval(timer)
      }, 50)
      closers.push(() => clearInterval(timer))
    })
    let comments = 0
    const error = await new Promise<StreamError>(resolve => {
      open({ url, idleTimeout: 1000, onEvent: () => {}, onComment: () => comments++, onError: resolve })
    })
    expect(error.code).toBe('idle')
    expect(comments).toBe(25)
    await vi.waitFor(() => expect(requests[1]?.headers['last-event-id']).toBe('1'))
  })
})

describe('the end', () => {
  const short: Handler = (_, response, count) => {
    begin(response, `id:${count}\ndata:${count}\n\n`)
    response.end()
  }

  it('goes on after a clean end by default, from the last id', async () => {
    const { url, requests } = await serve(short)
    const events = await take(open({ url }), 3)
    expect(events.map(event => event.data)).toEqual(['1', '2', '3'])
    expect(requests[2]?.headers['last-event-id']).toBe('2')
  })

  it('ends with a clean end if told so', async () => {
    const { url, requests } = await serve(short)
    const onError = vi.fn()
    const seen: string[] = []
    for await (const event of open({ url, onEnd: 'stop', onError })) seen.push(event.data)
    expect(seen).toEqual(['1'])
    expect(requests).toHaveLength(1)
    expect(onError).not.toHaveBeenCalled()
  })

  it('takes the server’s `retry` for the least wait', async () => {
    const { url } = await serve((_, response) => {
      begin(response, 'retry:60000\ndata:a\n\n')
      response.end()
    })
    const delays: unknown[] = []
    open({
      url,
      retry: (_, __, suggested) => {
        delays.push(suggested)
        return false
      },
      onEvent: () => {},
    })
    await vi.waitFor(() => expect(delays).toEqual([60_000]))
  })

  it('close() and a signal end it at once; `done` is fulfilled without error', async () => {
    const { url } = await serve((_, response) => begin(response, 'data:a\n\n'))
    const controller = new AbortController()
    const stream = open({ url, signal: controller.signal })
    expect((await stream.next()).value?.data).toBe('a')
    const next = stream.next()
    controller.abort()
    expect(await next).toEqual({ done: true, value: undefined })
    expect(await stream.done).toBeUndefined()
    expect(stream.state).toBe('closed')
    expect(open({ url, signal: AbortSignal.abort() }).state).toBe('closed')
  })

  it('reconnect() drops the connection and opens another at once', async () => {
    const { url, requests } = await serve((_, response, count) =>
      begin(response, `id:${count}\ndata:${count}\n\n`),
    )
    const stream = open({ url })
    await stream.next()
    stream.reconnect()
    expect((await stream.next()).value?.data).toBe('2')
    expect(requests[1]?.headers['last-event-id']).toBe('1')
  })

  it('reconnect() ends a wait', async () => {
    const { url } = await serve((_, response, count) => {
      if (count === 1) response.writeHead(503).end()
      else begin(response, 'data:a\n\n')
    })
    const stream = open({ url, retry: 1_000_000, onError: () => setImmediate(() => stream.reconnect()) })
    expect((await stream.next()).value?.data).toBe('a')
  })
})

describe('delivery', () => {
  it('calls back for connects, events, messages, comments and disconnects', async () => {
    const { url } = await serve((_, response) => {
      begin(response, ': hi\nevent:delta\ndata:a\n\nid:1\ndata:b\n\n')
      response.end()
    })
    const seen: unknown[] = []
    const stream = open({
      url,
      onEnd: 'stop',
      onConnect: head => seen.push(['connect', head.status, head.header('content-type')]),
      onEvent: event => seen.push(['event', event]),
      onMessage: event => seen.push(['message', event.data]),
      onComment: comment => seen.push(['comment', comment]),
      onDisconnect: error => seen.push(['disconnect', error?.code]),
    })
    await stream.done
    expect(stream.lastEventId).toBe('1')
    expect(seen).toEqual([
      ['connect', 200, 'text/event-stream'],
      ['comment', 'hi'],
      ['event', { type: 'delta', data: 'a', id: undefined, lastEventId: '' }],
      ['event', { type: 'message', data: 'b', id: '1', lastEventId: '1' }],
      ['message', 'b'],
      ['disconnect', 'end'],
    ])
  })

  it('goes on when a call back throws, and lets the error be seen', async () => {
    const { url } = await serve((_, response) => begin(response, 'data:a\n\ndata:b\n\n'))
    const uncaught = new Promise(resolve => process.once('uncaughtException', resolve))
    const listeners = process.listeners('uncaughtException')
    const seen: string[] = []
    open({
      url,
      onEvent(event) {
        seen.push(event.data)
        if (event.data === 'a') throw new Error('from the page')
      },
    })
    // The runner's own listener would fail the test for what it is about.
    for (const listener of listeners.slice(0, -1)) process.off('uncaughtException', listener)
    try {
      expect(await uncaught).toMatchObject({ message: 'from the page' })
    } finally {
      for (const listener of listeners.slice(0, -1)) process.on('uncaughtException', listener)
    }
    await vi.waitFor(() => expect(seen).toEqual(['a', 'b']))
  })

  it('drops ids seen before, over reconnects, if told so', async () => {
    const { url } = await serve((_, response, count) => {
      begin(
        response,
        count === 1
          ? 'id:1\ndata:a\n\nid:2\ndata:b\n\n'
          : 'id:2\ndata:b\n\nid:3\ndata:c\n\ndata:d\n\ndata:d\n\n',
      )
      if (count === 1) response.end()
    })
    const events = await take(open({ url, dedupe: true }), 5)
    expect(events.map(event => event.data)).toEqual(['a', 'b', 'c', 'd', 'd'])
  })

  it('keeps the last id in a storage and resumes from it; a storage that throws does no harm', async () => {
    const { url, requests } = await serve((_, response, count) => begin(response, `id:${count}\ndata:a\n\n`))
    const items = new Map<string, string>()
    const storage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
    }
    await take(open({ url, storage }), 1)
    expect([...items]).toEqual([[`sse:${url}`, '1']])
    await take(open({ url, storage }), 1)
    expect(requests[1]?.headers['last-event-id']).toBe('1')

    const forbidden = () => {
      throw new DOMException('no', 'SecurityError')
    }
    expect(await take(open({ url, storage: { getItem: forbidden, setItem: forbidden } }), 1)).toHaveLength(1)
  })

  it('reads no further while nobody takes: the server is held back', async () => {
    const line = `data:${'x'.repeat(1000)}\n\n`
    let written = 0
    let heldAt = 0
    const { url } = await serve((_, response) => {
      begin(response)
      const write = () => {
        while (response.write(line)) written++
        heldAt = ++written
        response.once('drain', write)
      }
      write()
    })
    const stream = open({ url, idleTimeout: 0 })
    await stream.next()
    // Held: what the server could write stands still, far from without end.
    await vi.waitFor(async () => {
      const before = heldAt
      await new Promise(resolve => setTimeout(resolve, 50))
      expect(heldAt).toBe(before)
    }, 10_000)
    const held = heldAt
    for (let taken = 0; taken < held + 100; taken++) await stream.next()
    expect(heldAt).toBeGreaterThan(held)
  })

  it('gives what came before the end to an iterator that is slow', async () => {
    const { url } = await serve((_, response) => {
      begin(response, 'data:1\n\ndata:2\n\ndata:3\n\n')
      response.end()
    })
    const seen: string[] = []
    for await (const event of open({ url, onEnd: 'stop' })) {
      await new Promise(resolve => setImmediate(resolve))
      seen.push(event.data)
    }
    expect(seen).toEqual(['1', '2', '3'])
  })

  it('knows the types of named events', async () => {
    interface Events {
      message: { text: string }
      delta: { seq: number }
    }
    const { url } = await serve((_, response) =>
      begin(response, 'event:delta\ndata:{"seq":1}\n\ndata:{"text":"a"}\n\n'),
    )
    const stream = createEventStream<Events>({ url, parse: text => JSON.parse(text) })
    closers.push(() => stream.close())
    const seen: (string | number)[] = []
    for await (const event of stream) {
      if (event.type === 'delta') seen.push(event.data.seq)
      else seen.push(event.data.text)
      if (seen.length === 2) break
    }
    expect(seen).toEqual([1, 'a'])
    // @ts-expect-error: what is not a string needs a parse function
    expect(() => createEventStream<Events>({ url, transport: 'xhr' })).toThrow()
  })
})
