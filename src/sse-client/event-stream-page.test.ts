import { afterEach, expect, it, vi } from 'vitest'
import { createEventStream } from './event-stream.ts'
import type { EventStreamOptions } from './event-stream-options.ts'
import type { TransportSink } from './transport.ts'

/** A stream in a page that is made of plain event targets, over a transport that is told what to say. */
function open(options: Partial<EventStreamOptions<Record<string, string>>> = { onEvent: () => {} }) {
  const page = new EventTarget()
  const document = Object.assign(new EventTarget(), { hidden: false })
  vi.stubGlobal('document', document)
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const attempts: { sink: TransportSink; aborted: boolean }[] = []
  const stream = createEventStream({
    url: 'http://x.test/',
    ...options,
    transport: (_, sink) => {
      const attempt = { sink, aborted: false }
      attempts.push(attempt)
      return () => {
        attempt.aborted = true
      }
    },
  })
  /** Waits for so many attempts; takes the last. */
  const attempt = async (count: number) => {
    await vi.waitFor(() => expect(attempts).toHaveLength(count))
    const { sink } = attempts[count - 1]!
    const header = () => 'text/event-stream'
    sink.head({ status: 200, url: '', header }, () => Promise.resolve(''))
    return sink
  }
  return { stream, page, document, attempts, attempt }
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

it('stays open when the page is hidden', async () => {
  const { stream, document, attempt } = open()
  await attempt(1)
  document.hidden = true
  document.dispatchEvent(new Event('visibilitychange'))
  expect(stream.state).toBe('open')
  stream.close()
})

it.each([
  ['the network is back', 'page', 'online'],
  ['the page thaws', 'document', 'resume'],
  ['the page comes in sight', 'document', 'visibilitychange'],
] as const)('is back at once when %s, and once only', async (_, where, type) => {
  const opened = open({ retry: 1_000_000 })
  const { stream, attempts, attempt } = opened
  ;(await attempt(1)).end()
  expect(stream.state).toBe('waiting')
  opened[where].dispatchEvent(new Event(type))
  opened[where].dispatchEvent(new Event(type))
  await attempt(2)
  expect([stream.state, attempts.length]).toEqual(['open', 2])
  stream.close()
})

it('waits for one timer at a time: being back early takes the late one along', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const { stream, page, attempts } = open({ retry: 5000, idleTimeout: 0 })
  await vi.advanceTimersByTimeAsync(0)
  attempts[0]!.sink.end()
  page.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(20_000)
  expect([stream.state, attempts.length]).toEqual(['connecting', 2])
  stream.close()
})

it('knows after a sleep that the connection is dead, which no timer could tell', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { stream, page, attempts, attempt } = open({ idleTimeout: 45_000 })
  await attempt(1)
  vi.setSystemTime(Date.now() + 3_600_000)
  page.dispatchEvent(new Event('online'))
  expect([stream.state, attempts[0]!.aborted]).toEqual(['connecting', true])
  await attempt(2)
  stream.close()
})

it('is dropped while in the back/forward cache, and opened again after', async () => {
  const { stream, page, attempts, attempt } = open()
  await attempt(1)
  page.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: true }))
  expect([stream.state, attempts[0]!.aborted]).toEqual(['paused', true])
  page.dispatchEvent(new Event('pageshow'))
  await attempt(2)
  expect(stream.state).toBe('open')
  stream.close()
})

it('hears nothing of an attempt that it has left, whatever its transport still says', async () => {
  const seen: string[] = []
  const { stream, attempt } = open({ onEvent: event => seen.push(event.data) })
  const left = await attempt(1)
  stream.reconnect()
  const present = await attempt(2)
  left.chunk('id:old\ndata:old\n\n')
  left.event({ type: 'message', data: 'old', id: 'old', lastEventId: 'old' })
  present.chunk('id:1\ndata:new\n\n')
  expect([seen, stream.lastEventId]).toEqual([['new'], '1'])
  stream.close()
})

it('asks its transport to wait while nobody takes what has come', async () => {
  const { stream, attempt } = open({})
  const sink = await attempt(1)
  let goesOn = false
  const wait = sink.chunk('data:1\n\n')
  expect(wait).toBeInstanceOf(Promise)
  const going = wait!.then(() => {
    goesOn = true
  })
  await stream.next()
  await new Promise(setImmediate)
  expect(goesOn).toBe(false)
  // The second is not there yet: now there is somebody to read for.
  void stream.next()
  await going
  stream.close()
})
