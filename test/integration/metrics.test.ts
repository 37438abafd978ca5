import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

async function metrics(): Promise<Map<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const lines = text.split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map(line => {
      const at = line.lastIndexOf(' ')
      return [line.slice(0, at), Number(line.slice(at + 1))]
    }),
  )
}

test('counts streams, lines, deliveries and what was replayed, and times publishing', async () => {
  const streams = [
    await openTestStream(`${server.url}/api/v1/events`),
    await openTestStream(`${server.url}/api/v1/events`),
  ]
  for (const stream of streams) await stream.waitFor(isMeta('hello'))
  for (let i = 0; i < 3; i++) await server.api('POST', '/rooms/lobby/messages', { data: { message: `${i}` } })
  const late = await openTestStream(`${server.url}/api/v1/events?since=all`)
  await late.waitForCount(4)
  const values = await metrics()
  const value = (name: string) => values.get(`streaming_message_${name}`)
  expect(value('subscribers{role="player"}')).toBe(3)
  expect(value('published_events_total')).toBe(3)
  expect(value('deliveries_total')).toBeGreaterThanOrEqual(6)
  expect(value('replayed_events_total')).toBe(3)
  expect(value('publish_seconds_count')).toBe(3)
  expect(value('stream_drops_total')).toBe(0)
  expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
  for (const stream of [...streams, late]) stream.close()
})

/** A sample of the text format (prometheus.io/docs/instrumenting/exposition_formats): name, labels, value. */
const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*",?)*)\})? (\S+)$/

test('the metrics are of Prometheus’ text format: each named, typed and told once, histograms whole', async () => {
  const response = await fetch(`${server.url}/metrics`)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
  const text = await response.text()
  expect(text.endsWith('\n')).toBe(true)
  const types = new Map<string, string>()
  const helped = new Set<string>()
  const samples = new Map<string, number>()
  for (const line of text.split('\n').filter(one => one !== '')) {
    const [, kind, name, rest] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? []
    if (kind === 'HELP') {
      expect(helped).not.toContain(name)
      helped.add(name!)
    } else if (kind === 'TYPE') {
      expect(['counter', 'gauge', 'histogram', 'summary']).toContain(rest)
      types.set(name!, rest!)
    } else {
      const [, sample, labels, value] = SAMPLE.exec(line) ?? []
      expect(sample, line).toBeDefined()
      const family = types.has(sample!) ? sample! : sample!.replace(/_(bucket|sum|count)$/, '')
      expect(types.get(family), line).toBeDefined()
      expect(helped).toContain(family)
      if (types.get(family) === 'counter') expect(family).toMatch(/_total$/)
      expect(Number.isNaN(Number(value!.replace('+Inf', 'Infinity'))), line).toBe(false)
      const key = `${sample}{${labels ?? ''}}`
      expect(samples.has(key), line).toBe(false)
      samples.set(key, Number(value))
    }
  }
  for (const [family, type] of types) {
    if (type !== 'histogram') continue
    const buckets = [...samples].filter(([key]) => key.startsWith(`${family}_bucket{`))
    // One histogram for each set of labels beside the bound (each kind of garbage collection).
    const others = (key: string) => key.slice(key.indexOf('{')).replace(/le="[^"]*",?/, '')
    for (const [labels, group] of Map.groupBy(buckets, ([key]) => others(key))) {
      const counts = group.map(([, n]) => n)
      expect(counts).toEqual(counts.toSorted((x, y) => x - y))
      expect(counts.at(-1)).toBe(samples.get(`${family}_count${labels}`))
    }
  }
})

test('through a proxy the metrics need a token', async () => {
  const forwarded = { 'X-Forwarded-For': '203.0.113.9' }
  const status = async (headers: Record<string, string>) =>
    (await fetch(`${server.url}/metrics`, { headers })).status
  expect(await status(forwarded)).toBe(401)
  expect(await status({ ...forwarded, Authorization: `Bearer ${server.token}` })).toBe(200)
})

test('a server that stops sends each stream away at a time of its own, and is no longer ready', async () => {
  const own = await startTestServer()
  const streams = []
  for (let i = 0; i < 10; i++) streams.push(await openTestStream(`${own.url}/api/v1/events`))
  for (const stream of streams) await stream.waitFor(isMeta('hello'))
  await own.kill('SIGTERM')
  const delays = []
  for (const stream of streams) {
    const drain = JSON.parse((await stream.waitFor(isMeta('drain'))).data)
    expect(drain.after).toBeGreaterThanOrEqual(0)
    delays.push(drain.after)
    await stream.ended
  }
  expect(new Set(delays).size).toBeGreaterThan(1)
  expect(own.process.exitCode).toBe(0)
  await own.dispose()
})
