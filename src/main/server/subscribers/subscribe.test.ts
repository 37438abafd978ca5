import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Request } from 'express'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { subscribeInput } from '../../../shared/stream.ts'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import type { Sink } from '../sse/index.ts'
import { openStore, type Store } from '../store/index.ts'
import { createFeatures, type Features } from '../wiring/features.ts'

let dir: string
let store: Store
let features: Features
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'subscribe-'))
  store = await openStore({ dataDir: dir, databaseUrl: undefined })
  features = await createFeatures({
    // Nobody answers there: its own sentences are shown.
    config: readConfig(
      { DATA_DIR: dir, HITOKOTO_URL: 'http://127.0.0.1:9/' },
      { pagesDir: dir, desktop: false },
    ),
    log: createLog('silent'),
    store,
    version: '1.0.0',
    nodeAddress: () => '127.0.0.1',
    restart() {},
  })
  await features.rooms.create({ id: 'stage', ownerId: null })
})
afterEach(async () => {
  const { accounts, audit, broker, cluster, fallback, hub, limits, peers, presence } = features
  for (const part of [accounts, fallback, hub, limits, peers, presence, features.revocations]) part.close()
  await broker.close()
  await cluster.stop()
  await features.retention.close()
  await features.tokens.close()
  await audit.close()
  await store.close()
  await rm(dir, { recursive: true })
})

const viewer = { headers: {}, ip: '203.0.113.9', socket: {}, get: () => undefined } as unknown as Request

/** What a client was sent. */
function createRecorder() {
  const sent = { text: '', ended: false }
  const sink: Sink = {
    write: frame => {
      if (!sent.ended) sent.text += frame.plain.toString()
    },
    backlogBytes: 0,
    drained: async () => {},
    end: () => {
      sent.ended = true
    },
  }
  return { sent, sink }
}

/** Somebody is admitted to the room, something happens, and then their stream begins. */
async function joinAfter(
  room: string,
  input: Record<string, unknown>,
  between: () => Promise<unknown>,
): Promise<{ text: string; ended: boolean }> {
  const { subscriptions } = features
  const admission = await subscriptions.admit(viewer, room, subscribeInput.parse(input))
  await between()
  const { sent, sink } = createRecorder()
  subscriptions.stop(await started(subscriptions.start(admission, sink), sent))
  return sent
}

/** Until the stream has said its first word. */
async function started<Subscriber>(
  subscriber: Subscriber,
  sent: { text: string; ended: boolean },
): Promise<Subscriber> {
  await expect.poll(() => sent.ended || sent.text.includes('"hello"')).toBe(true)
  return subscriber
}

test('a watch key that changes between admission and joining locks out who came by the old one', async () => {
  await features.rooms.change('stage', { watchKey: 'the-old-key' })
  const sent = await joinAfter('stage', { key: 'the-old-key' }, () =>
    features.rooms.change('stage', { watchKey: 'the-new-key' }),
  )
  expect(sent.ended).toBe(true)
  expect(sent.text).toContain('"reason":"locked"')
  expect(sent.text).not.toContain('"hello"')
})

test('a room that gets its first watch key meanwhile is closed to who came without', async () => {
  const sent = await joinAfter('stage', {}, () => features.rooms.change('stage', { watchKey: 'a-first-key' }))
  expect(sent.ended).toBe(true)
  expect(sent.text).toContain('"reason":"locked"')
})

test('settings that change meanwhile stand in hello', async () => {
  const sent = await joinAfter('stage', {}, () =>
    features.rooms.change('stage', { settings: { look: { theme: 'glass' } } }),
  )
  expect(sent.ended).toBe(false)
  expect(sent.text).toContain('"theme":"glass"')
})

test('a room that is deleted meanwhile ends the stream for good', async () => {
  const sent = await joinAfter('stage', {}, () => features.rooms.delete('stage'))
  expect(sent.ended).toBe(true)
  expect(sent.text).toContain('"reason":"room-deleted"')
})

test('a room that is made meanwhile is found: the client is to come back', async () => {
  const { subscriptions } = features
  const admission = await subscriptions.admit(viewer, 'later', subscribeInput.parse({}))
  await features.rooms.create({ id: 'later', ownerId: null })
  const { sent, sink } = createRecorder()
  const subscriber = subscriptions.start(admission, sink)
  await expect.poll(() => sent.ended).toBe(true)
  subscriptions.stop(subscriber)
  expect(sent.text).not.toContain('"closed"')
})
