import type * as Client from '../../src/sse-client/index.ts'

/**
 * What the standard says of an EventSource, as observations that any runtime can make: Node, Bun, Deno, a page, a worker.
 * Plain JavaScript but for its types. The server (sse-observations-server.ts) says what the address tells it to.
 */
export interface Observation {
  name: string
  /** What the stream says. */
  text?: string
  /** Makes what is seen. */
  see: (tools: Tools) => Promise<unknown>
  expected: unknown
}

interface Tools {
  lib: typeof Client
  /** An address that answers so. */
  url: (answer: Record<string, string>) => string
  /** The data of so many messages of the observation's text. */
  messages: (count: number, answer?: Record<string, string>) => Promise<string[]>
}

const say = (name: string, text: string, expected: string[]): Observation => ({
  name,
  text,
  see: ({ messages }) => messages(expected.length),
  expected,
})

/** The first `error`, as a state. */
const failure = (source: Client.EventSource) =>
  new Promise<number>(resolve => {
    source.onerror = () => {
      const { readyState } = source
      source.close()
      resolve(readyState)
    }
  })

/** What the server got as Last-Event-ID at the second attempt. */
const idSent = async ({ lib, url }: Tools, text: string): Promise<string> => {
  const source = new lib.EventSource(url({ text: `retry:1\n${text}`, echo: 'id' }))
  const told = new Promise<string>(resolve => {
    source.addEventListener('echo', event => resolve(event.data))
  })
  const id = await told
  source.close()
  return id
}

export const observations: Observation[] = [
  say('one byte order mark is dropped, a later one is text', '\ufeffdata:1\n\n\ufeffdata:2\n\ndata:3\n\n', [
    '1',
    '3',
  ]),
  say('of two byte order marks the second is text', '\ufeff\ufeffdata:1\n\ndata:2\n\n', ['2']),
  say(
    'comments of any content and ending',
    `data:1\r:\0\n:\r\ndata:2\n:${'x'.repeat(4096)}\rdata:3\n:data:no\r:${'y'.repeat(4096)}\ndata:4\n\n`,
    ['1\n2\n3\n4'],
  ),
  say('empty data fields', 'data:\n\ndata\ndata\n\ndata:test\n\n', ['', '\n', 'test']),
  say(
    'fields without data, and data without a colon',
    'data:a\ndata:a\n\n:\nfalse:a\n\nData:a\n\ndata\n\ndata:z\n\n',
    ['a\na', '', 'z'],
  ),
  say(
    'names are compared exactly',
    'data:\0\ndata:  2\rData:1\ndata\0:2\ndata:1\r\0data:4\nda-ta:3\rdata_5\ndata:3\rdata:\r\n data:32\ndata:4\n\n',
    ['\0\n 2\n1\n3\n\n4'],
  ),
  say('unknown fields', 'data:a\n data\ndata\nfoo:b\njusttext\n:comment\ndata:c\n\n', ['a\n\nc']),
  say('one space after the colon goes, a tab stays', 'data:\ta\rdata: \ndata:b\n\n', ['\ta\n\nb']),
  say('mixed line endings, the last one half a CRLF', 'data:a\r\ndata\ndata:b\r\n\r', ['a\n\nb']),
  say('a NUL is data', 'data:\0\n\n\n\n', ['\0']),
  say('an empty event name is none', 'event: \ndata:a\n\n', ['a']),
  {
    name: 'the charset of the type is not heard',
    text: 'data:ok…\n\n',
    see: ({ messages }) => messages(1, { type: 'text/event-stream;charset=windows-1252' }),
    expected: ['ok…'],
  },
  {
    name: 'an event without its empty line is dropped, and its id with it',
    see: tools => idSent(tools, 'data:1\n\nid:lost\ndata:2'),
    expected: 'none',
  },
  { name: 'an id is sent back', see: tools => idSent(tools, 'id:a b\ndata:1\n\n'), expected: 'a b' },
  { name: 'an id is sent as UTF-8', see: tools => idSent(tools, 'id:…冲\ndata:1\n\n'), expected: '…冲' },
  {
    name: 'an id outlasts events without one',
    see: tools => idSent(tools, 'id:1\ndata:1\n\ndata:2\n\n'),
    expected: '1',
  },
  { name: 'an id needs no data', see: tools => idSent(tools, 'id:1\n\n'), expected: '1' },
  {
    name: 'an empty id takes it back',
    see: tools => idSent(tools, 'id:1\ndata:1\n\nid\ndata:2\n\n'),
    expected: 'none',
  },
  {
    name: 'an id with NUL is ignored',
    see: tools => idSent(tools, 'id:1\ndata:1\n\nid:a\0b\ndata:2\n\nid:\0\ndata:3\n\n'),
    expected: '1',
  },
  {
    name: 'retry takes digits only, and a huge one does not fire at once',
    async see({ lib, url }) {
      const times: unknown[] = []
      for (const retry of ['7', '007', '1x', '-1', '1.5', '', ' 8', '9'.repeat(40)]) {
        const source = new lib.EventSource(url({ text: `retry:5\nretry:${retry}\ndata:1\n\n` }))
        await new Promise(resolve => {
          source.onmessage = resolve
        })
        times.push(source.reconnectionTime)
        source.close()
      }
      const source = new lib.EventSource(url({ text: `retry:${'9'.repeat(40)}\ndata:1\n\n`, end: '1' }))
      const state = await new Promise(resolve => {
        source.onerror = () => resolve(source.readyState)
      })
      const raced = await Promise.race([
        new Promise(resolve => {
          source.onopen = () => resolve('again')
        }),
        new Promise(resolve => setTimeout(() => resolve('waits'), 100)),
      ])
      source.close()
      return [times, state, raced]
    },
    expected: [[7, 7, 5, 5, 5, 5, 8, 1e40], 0, 'waits'],
  },
  ...['204', '205', '210', '299', '400', '403', '404', '500'].map(status => ({
    name: `status ${status} closes it`,
    see: ({ lib, url }: Tools) => failure(new lib.EventSource(url({ status }))),
    expected: 2,
  })),
  ...['text/x-bogus', 'text/event-stream-foo', 'x%0Abogus'].map(type => ({
    name: `type ${type} closes it`,
    see: ({ lib, url }: Tools) => failure(new lib.EventSource(url({ type, text: 'data:1\n\n' }))),
    expected: 2,
  })),
  ...['301', '302', '303', '307', '308'].map(status => ({
    name: `status ${status} is followed`,
    text: 'data:1\n\n',
    see: ({ messages }: Tools) => messages(1, { redirect: status }),
    expected: ['1'],
  })),
  {
    name: 'the request',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ echo: 'request' }))
      const told = await new Promise<string>(resolve => {
        source.addEventListener('echo', event => resolve(event.data))
      })
      source.close()
      return told
    },
    expected: 'GET text/event-stream no-cache',
  },
  {
    name: 'states, the events’ shape, and nothing after close() in a handler',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ text: 'data:1\n\ndata:2\n\n', end: '1' }))
      const seen: unknown[] = [source.readyState]
      const note = (event: Event) => {
        seen.push([event.type, source.readyState, event.bubbles, event.cancelable, 'data' in event])
        seen.push(event.target === source)
      }
      source.onerror = note
      source.onopen = note
      await new Promise<void>(resolve => {
        source.onmessage = event => {
          note(event)
          source.close()
          resolve()
        }
      })
      await new Promise(resolve => setTimeout(resolve, 50))
      return [...seen, source.readyState]
    },
    expected: [0, ['open', 1, false, false, false], true, ['message', 1, false, false, true], true, 2],
  },
  {
    name: 'close() in onopen: no message follows',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ text: 'data:1\n\n' }))
      let messages = 0
      source.onmessage = () => void messages++
      await new Promise<void>(resolve => {
        source.onopen = () => {
          source.close()
          resolve()
        }
      })
      await new Promise(resolve => setTimeout(resolve, 50))
      return [messages, source.readyState]
    },
    expected: [0, 2],
  },
  {
    name: 'opens, reconnects, and is closed by 204',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ steps: 'retry:2\ndata:opened\n\n|data:reconnected\n\n|204' }))
      const seen: unknown[] = []
      source.onmessage = event => void seen.push(event.data)
      await new Promise<void>(resolve => {
        source.onerror = () => {
          seen.push(source.readyState)
          if (source.readyState === 2) resolve()
        }
      })
      return seen
    },
    expected: ['opened', 0, 'reconnected', 0, 2],
  },
  {
    name: 'what stands where: constants, accessors, methods, names',
    see({ lib }) {
      const { EventSource: Ours } = lib
      const look = (target: object, name: PropertyKey) => {
        const found = Object.getOwnPropertyDescriptor(target, name)
        return (
          found && [found.enumerable, found.configurable, found.writable, typeof found.get, typeof found.set]
        )
      }
      return Promise.resolve([
        ['CONNECTING', 'OPEN', 'CLOSED'].map(name => [look(Ours, name), look(Ours.prototype, name)]),
        ['url', 'withCredentials', 'readyState'].map(name => look(Ours.prototype, name)),
        ['onopen', 'onmessage', 'onerror'].map(name => look(Ours.prototype, name)),
        look(Ours.prototype, 'close'),
        Object.prototype.toString.call(Ours.prototype),
        Ours.name,
        Ours.length,
      ])
    },
    expected: [
      Array.from({ length: 3 }, () =>
        Array.from({ length: 2 }, () => [true, false, false, 'undefined', 'undefined']),
      ),
      Array.from({ length: 3 }, () => [true, true, undefined, 'function', 'undefined']),
      Array.from({ length: 3 }, () => [true, true, undefined, 'function', 'function']),
      [true, true, true, 'undefined', 'undefined'],
      '[object EventSource]',
      'EventSource',
      1,
    ],
  },
  {
    name: 'close() while connecting: closed at once, and nothing is heard of it',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ text: 'data:1\n\n', end: '1' }))
      const seen: unknown[] = [source.readyState]
      source.onopen = source.onmessage = source.onerror = event => void seen.push(event.type)
      source.close()
      seen.push(source.readyState)
      // Another one has opened meanwhile.
      await new Promise(resolve => {
        const other = new lib.EventSource(url({ text: 'data:1\n\n' }))
        other.onmessage = () => {
          other.close()
          resolve(undefined)
        }
      })
      return [...seen, source.readyState]
    },
    expected: [0, 2, 2],
  },
  {
    name: 'an event dispatched by hand is heard like one of the stream',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ text: 'data:1\n\n' }))
      const seen: unknown[] = []
      source.onmessage = event => void seen.push(event.data)
      source.addEventListener('message', { handleEvent: event => void seen.push(`object ${event.data}`) })
      source.dispatchEvent(new MessageEvent('message', { data: 'by hand' }))
      source.close()
      return seen
    },
    expected: ['by hand', 'object by hand'],
  },
  {
    name: 'an error tells nothing of the last event; the source still does',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ text: 'id:7\ndata:1\n\n', end: '1' }))
      const error = await new Promise<Event>(resolve => {
        source.onerror = resolve
      })
      const seen = [source.readyState, 'lastEventId' in error, error instanceof Event, source.lastEventId]
      source.close()
      return seen
    },
    expected: [0, false, true, '7'],
  },
  {
    name: 'what stands on the prototype, and texts for addresses',
    async see({ lib, url }) {
      const { prototype } = lib.EventSource as unknown as { prototype: Record<string, unknown> }
      prototype.ownDouble = () => 'ours'
      const address = url({ text: 'data:1\n\n' })
      const source = new lib.EventSource({ toString: () => address } as never)
      const data = await new Promise(resolve => {
        source.addEventListener('message', event => resolve(event.data))
      })
      source.close()
      const own = (source as unknown as { ownDouble(): string }).ownDouble()
      delete prototype.ownDouble
      return [own, data, source.url === address, source.withCredentials]
    },
    expected: ['ours', '1', true, false],
  },
  {
    name: 'a wrong address throws a SyntaxError',
    see: ({ lib }) =>
      Promise.resolve(
        ['http://[', 'https://a:b:c'].map(address => {
          try {
            new lib.EventSource(address).close()
            return 'taken'
          } catch (error) {
            return (error as Error).name
          }
        }),
      ),
    expected: ['SyntaxError', 'SyntaxError'],
  },
  {
    name: 'a stream that breaks is connected again',
    async see({ lib, url }) {
      const source = new lib.EventSource(url({ steps: 'retry:2\ndata:1\n\n|data:2\n\n|204', cut: '1' }))
      const seen: unknown[] = []
      await new Promise<void>(resolve => {
        source.onmessage = event => {
          seen.push(event.data)
          if (event.data === '2') resolve()
        }
      })
      source.close()
      return seen
    },
    expected: ['1', '2'],
  },
  {
    name: 'fromReadableStream: dispatches, remembers, closes once at the end',
    async see({ lib }) {
      const stream = new Response('retry:9\nid:7\nevent:x\ndata:1\n\ndata:2\n\n').body!
      const source = lib.EventSource.fromReadableStream(stream)
      const seen: unknown[] = [source.url, source.readyState, stream.locked]
      source.addEventListener('x', event => void seen.push(event.data, event.origin))
      source.onmessage = event => void seen.push(event.data, source.lastEventId, source.reconnectionTime)
      await new Promise<void>(resolve => {
        source.onerror = () => {
          seen.push(source.readyState)
          resolve()
        }
      })
      let thrown = 'nothing'
      try {
        lib.EventSource.fromReadableStream(stream)
      } catch (error) {
        thrown = (error as Error).name
      }
      return [...seen, thrown]
    },
    expected: ['about:event-stream', 0, true, '1', 'null', '2', '7', 9, 2, 'TypeError'],
  },
  {
    name: 'fromReadableStream: close() at once cancels the stream',
    see: ({ lib }) =>
      new Promise(resolve => {
        const stream = new ReadableStream<Uint8Array>({ cancel: () => resolve('cancelled') })
        lib.EventSource.fromReadableStream(stream).close()
      }),
    expected: 'cancelled',
  },
  {
    name: 'accessors have the names of Web IDL, and want an event source for `this`',
    see({ lib: { EventSource: Ours } }) {
      const names = ['url', 'readyState', 'lastEventId', 'onopen', 'onmessage', 'onerror'].flatMap(name => {
        const { get, set } = Object.getOwnPropertyDescriptor(Ours.prototype, name) ?? {}
        return set ? [get?.name, set.name] : [get?.name]
      })
      const tries = [
        () => Ours.prototype.url,
        () => Ours.prototype.onopen,
        () => Ours.prototype.close(),
        () => Object.assign(Ours.prototype, { onopen: () => {} }),
      ]
      const thrown = tries.map(attempt => {
        try {
          return attempt()
        } catch (error) {
          return (error as Error).name
        }
      })
      return Promise.resolve([names, thrown])
    },
    expected: [
      [
        'get url',
        'get readyState',
        'get lastEventId',
        'get onopen',
        'set onopen',
        'get onmessage',
        'set onmessage',
        'get onerror',
        'set onerror',
      ],
      ['TypeError', 'TypeError', 'TypeError', 'TypeError'],
    ],
  },
  {
    name: 'createEventStream: posts, iterates, resumes, and stops',
    async see({ lib, url }) {
      const seen: unknown[] = []
      const headers = () => Promise.resolve({ 'X-Token': `token ${seen.length}` })
      const stream = lib.createEventStream({
        url: url({ steps: 'id:é\ndata:1\n\n|data:2\n\n|204', echo: 'post' }),
        body: '{"a":1}',
        headers,
        retry: 1,
      })
      for await (const event of stream) seen.push([event.type, event.data])
      return [...seen, stream.state, await stream.done]
    },
    expected: [
      ['echo', 'POST {"a":1} token 0 none'],
      ['message', '1'],
      ['echo', 'POST {"a":1} token 2 é'],
      ['message', '2'],
      'closed',
      undefined,
    ],
  },
  {
    name: 'createEventStream: an error has status, header and body; an abort ends it',
    async see({ lib, url }) {
      const refused = lib.createEventStream({ url: url({ status: '401', text: 'who are you' }) })
      const error = await refused.next().then(
        () => undefined,
        reason => reason as Client.StreamError,
      )
      const controller = new AbortController()
      const open = lib.createEventStream({ url: url({ text: 'data:1\n\n' }), signal: controller.signal })
      const first = await open.next()
      const second = open.next()
      controller.abort()
      return [
        lib.isStreamError(error),
        error?.code,
        error?.status,
        error?.body,
        error?.header?.('X-Test'),
        first.value?.data,
        (await second).done,
      ]
    },
    expected: [true, 'status', 401, 'who are you', 'yes', '1', true],
  },
  {
    name: 'createParser: bytes cut within characters',
    see({ lib }) {
      const seen: string[] = []
      const parser = lib.createParser({ onEvent: event => void seen.push(event.data) })
      for (const byte of new TextEncoder().encode('\ufeffdata: 冲！冲刺！🎉\r\n\r\ndata:é\n\n'))
        parser.push(Uint8Array.of(byte))
      return Promise.resolve(seen)
    },
    expected: ['冲！冲刺！🎉', 'é'],
  },
]

/** Makes all observations, several at a time; what fails or takes too long is told as such. */
export async function observe(lib: typeof Client, origin: string): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {}
  let addresses = 0
  const run = async ({ name, text = '', see }: Observation) => {
    const url = (answer: Record<string, string>) =>
      `${origin}/observe?${new URLSearchParams({ key: `${Math.random()}${addresses++}`, ...answer })}`
    const messages = (count: number, answer: Record<string, string> = {}) =>
      new Promise<string[]>(resolve => {
        const source = new lib.EventSource(url({ text, ...answer }))
        const got: string[] = []
        source.onmessage = event => {
          got.push(event.data)
          if (got.length < count) return
          source.close()
          resolve(got)
        }
      })
    const late = new Promise(resolve => setTimeout(() => resolve('nothing came'), 15_000).unref?.())
    seen[name] = await Promise.race([see({ lib, url, messages }), late]).catch(error => `threw ${error}`)
  }
  const rest = [...observations]
  // No more than a browser has connections for.
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let next = rest.shift(); next; next = rest.shift()) await run(next)
    }),
  )
  return seen
}
