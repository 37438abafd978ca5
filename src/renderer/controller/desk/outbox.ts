import { z } from 'zod'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { messageData } from '../../../shared/message.ts'
import type { Publication } from '../api/messages.ts'
import { type Failure, isPassing, type Result } from '../api/request.ts'
import type { JsonStorage } from '../lib/storage.ts'

const entrySchema = z.object({
  key: z.string().min(1).max(64),
  /** Epoch milliseconds when it was handed in, then a count: together the order of sending. */
  time: z.number(),
  order: z.number(),
  speaker: z.string(),
  data: messageData,
  label: z.string().optional(),
  /** Id of the account that wrote it, where there is one: a token has none. */
  account: z.string().optional(),
})

/** A line on its way to the server. `key` is its Idempotency-Key: however often it is tried, it is published once. */
export interface OutboxEntry extends z.infer<typeof entrySchema> {
  state: 'waiting' | 'sending' | 'refused'
  /** Of the last attempt. */
  failure?: Failure
}

export interface OutboxState {
  /** In the order of sending. */
  entries: OutboxEntry[]
  /** False when the browser's storage is full or missing: the lines live in this page only. */
  kept: boolean
}

export interface Outbox {
  store: StoreApi<OutboxState>
  /** @param key where the line has one already */
  add(publication: Publication, key?: string): { key: string } | { full: true }
  /** Tries at once: the connection is back, or the user asks. */
  flush(): void
  /** The line was seen on the stream: it is published, whatever became of the answer. */
  confirm(key: string): void
  remove(key: string): void
  stop(): void
}

export interface OutboxOptions {
  storage: JsonStorage
  room: string
  /** Id of the account that would send it now; empty: it is not known, or a token's. */
  account(): string
  publish(key: string, publication: Publication): Promise<Result<unknown>>
  makeKey(): string
  now(): number
  /** @returns a function that cancels. */
  later(run: () => void, delay: number): () => void
}

/** Lines that may wait at a time; past that the composer keeps the text and says so. */
export const OUTBOX_LIMIT = 500

/** Milliseconds before the first repeat; it doubles to the longest. */
const FIRST_WAIT = 500
const LONGEST_WAIT = 8_000

/**
 * Milliseconds after which a line does not go out by itself any more: nobody wants yesterday's words on today's stream. Far
 * less than the server knows its key, so that one whose answer got lost is not published anew.
 */
const FRESH_FOR = 12 * 60 * 60 * 1_000

const STALE: Failure = { reason: 'stale', status: 0, message: 'not sent for too long' }
const FOREIGN: Failure = { reason: 'other-account', status: 0, message: 'written by another account' }

const inOrder = (a: Pick<OutboxEntry, 'time' | 'order'>, b: Pick<OutboxEntry, 'time' | 'order'>) =>
  a.time - b.time || a.order - b.order

/**
 * Sends lines in their order, one at a time, and keeps those that are not yet published over a reload.
 * Each line has an item of its own in storage, so that two pages of one room (window and dock) cannot overwrite
 * each other; what both find after a restart, both send under the same key, and the server publishes it once.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  const { storage, room, publish, now } = options
  const prefix = `outbox.${room}.`
  const store = createStore<OutboxState>()(() => ({ entries: recall(), kept: true }))
  let order = 0
  let sending = false
  let failures = 0
  let cancelRetry: (() => void) | null = null
  let stopped = false

  function recall(): OutboxEntry[] {
    return storage
      .keys(prefix)
      .map(key => storage.read(key, entrySchema))
      .filter(entry => entry !== undefined)
      .sort(inOrder)
      .map(entry => ({ ...entry, state: 'waiting' }))
  }

  /** Those that have waited too long are the user's to send, and so are those of who sat here before. */
  function setAside(): void {
    const present = options.account()
    for (const { key, state, time, account = present, failure } of store.getState().entries)
      if (account !== present) {
        if (state === 'waiting') change(key, { state: 'refused', failure: FOREIGN })
      } else if (failure === FOREIGN) change(key, { state: 'waiting', failure: undefined })
      else if (state === 'waiting' && now() - time > FRESH_FOR)
        change(key, { state: 'refused', failure: STALE })
  }

  /** Takes over what another page of this browser has left behind; if that page lives, the key keeps it single. */
  function adopt(): void {
    const known = new Set(store.getState().entries.map(entry => entry.key))
    const left = recall().filter(entry => !known.has(entry.key))
    if (left.length > 0) store.setState(({ entries }) => ({ entries: [...entries, ...left].sort(inOrder) }))
  }

  function change(key: string, part: Partial<OutboxEntry>): void {
    store.setState(({ entries }) => ({
      entries: entries.map(entry => (entry.key === key ? { ...entry, ...part } : entry)),
    }))
  }

  function remove(key: string): void {
    storage.remove(prefix + key)
    store.setState(({ entries }) => ({ entries: entries.filter(entry => entry.key !== key) }))
  }

  async function run(): Promise<void> {
    if (sending || stopped) return
    setAside()
    const next = store.getState().entries.find(entry => entry.state !== 'refused')
    if (!next) return
    sending = true
    change(next.key, { state: 'sending' })
    const { key, speaker, data, label } = next
    const answer = await publish(key, { speaker, data, meta: { line: key }, ...(label ? { label } : {}) })
    sending = false
    // Also of a room that has been left: what stays in storage would be sent again.
    if (answer.ok) remove(key)
    if (stopped) return
    if (answer.ok) failures = 0
    else if (isPassing(answer.failure)) {
      failures++
      change(key, { state: 'waiting', failure: answer.failure })
      retryLater(answer.failure.retryAfter)
      return
    } else {
      change(key, { state: 'refused', failure: answer.failure })
    }
    void run()
  }

  function retryLater(retryAfter: number | undefined): void {
    cancelRetry?.()
    const delay = retryAfter ?? Math.min(FIRST_WAIT * 2 ** (failures - 1), LONGEST_WAIT)
    cancelRetry = options.later(() => {
      cancelRetry = null
      void run()
    }, delay)
  }

  return {
    store,
    add({ speaker, data, label }, given) {
      if (store.getState().entries.length >= OUTBOX_LIMIT) return { full: true }
      const key = given ?? options.makeKey()
      const account = options.account()
      const kept = {
        key,
        time: now(),
        order: order++,
        speaker,
        data,
        ...(label ? { label } : {}),
        ...(account ? { account } : {}),
      }
      const written = storage.write(prefix + key, kept)
      store.setState(({ entries }) => ({
        entries: [...entries, { ...kept, state: 'waiting' }],
        kept: written,
      }))
      if (!cancelRetry) void run()
      return { key }
    },
    flush() {
      adopt()
      cancelRetry?.()
      cancelRetry = null
      failures = 0
      void run()
    },
    confirm: remove,
    remove,
    stop() {
      stopped = true
      cancelRetry?.()
    },
  }
}
