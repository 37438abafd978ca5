import { createHmac, randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { Database, DatabaseTransaction } from '../store/index.ts'
import type { TopicChange } from './state-change.ts'

/** Tells state changes to programs by HTTP, for those without Redis. */
export interface Webhooks {
  /** Stores what is to be delivered, in the transaction that makes it true. */
  record(tx: DatabaseTransaction, changes: TopicChange[]): Promise<void>
  /** Something was recorded: delivers it now. */
  wake(): void
  add(url: string): Promise<Webhook>
  list(): Promise<Omit<Webhook, 'secret'>[]>
  /** @returns false where there is none. */
  remove(id: string): Promise<boolean>
  close(): Promise<void>
}

export interface Webhook {
  id: string
  url: string
  /** `whsec_` and the key in Base64, as Standard Webhooks has it; told once. */
  secret: string
  createdAt: number
}

interface Delivery {
  id: string
  webhook_id: string
  body: string
  attempts: number
  created_at: number
}

/** Deliveries that are on their way to one webhook at once. */
const AT_ONCE = 20
/** Milliseconds a receiver has to answer. */
const ANSWER_TIMEOUT = 10_000
/** Milliseconds for which nobody else takes a delivery that is on its way. */
const CLAIM = 60_000
/** Milliseconds between two looks for what is due: a retry, or what another server left. */
const LOOK_INTERVAL = 5_000
/** Milliseconds before the first retry; doubled at each, up to `MAX_BACKOFF`. */
const BACKOFF = 1_000
const MAX_BACKOFF = 3_600_000
/** Milliseconds after which a delivery is given up. */
const GIVE_UP_AFTER = 3 * 86_400_000

export function createWebhooks(db: Database, log: Logger): Webhooks {
  /** By webhook: one that does not answer holds up no other. */
  const delivering = new Map<string, Promise<void>>()
  const again = new Set<string>()
  let looking: Promise<void> = Promise.resolve()
  let closed = false
  const clock = setInterval(wake, LOOK_INTERVAL)

  function wake() {
    if (closed) return
    looking = looking.then(look).catch(failed)
  }

  const failed = (error: unknown) => log.warn({ err: error }, 'webhooks could not be delivered')

  async function look(): Promise<void> {
    const due = await db
      .selectFrom('webhook_deliveries')
      .select('webhook_id')
      .distinct()
      .where('due_at', '<=', Date.now())
      .execute()
    for (const { webhook_id: webhook } of due) {
      again.add(webhook)
      if (closed || delivering.has(webhook)) continue
      const done = deliverDue(webhook)
        .catch(failed)
        .finally(() => delivering.delete(webhook))
      delivering.set(webhook, done)
    }
  }

  async function deliverDue(webhook: string): Promise<void> {
    while (again.delete(webhook) && !closed) {
      const due = await claim(webhook)
      await Promise.all(due.map(deliver))
      if (due.length === AT_ONCE) again.add(webhook)
    }
  }

  /** Takes what is due; whoever asks meanwhile, here or on another server, gets the rest. */
  async function claim(webhook: string): Promise<Delivery[]> {
    const now = Date.now()
    return db
      .updateTable('webhook_deliveries')
      .set(eb => ({ due_at: now + CLAIM, attempts: eb('attempts', '+', 1) }))
      .where('id', 'in', eb =>
        eb
          .selectFrom('webhook_deliveries')
          .select('id')
          .where('webhook_id', '=', webhook)
          .where('due_at', '<=', now)
          .orderBy('due_at')
          .limit(AT_ONCE),
      )
      .where('due_at', '<=', now)
      .returningAll()
      .execute()
  }

  async function deliver(delivery: Delivery): Promise<void> {
    const hook = await db
      .selectFrom('webhooks')
      .selectAll()
      .where('id', '=', delivery.webhook_id)
      .executeTakeFirst()
    if (!hook || (await post(hook.url, hook.secret, delivery))) {
      await db.deleteFrom('webhook_deliveries').where('id', '=', delivery.id).execute()
      return
    }
    if (Date.now() - delivery.created_at > GIVE_UP_AFTER) {
      log.error({ webhook: hook.url, delivery: delivery.id }, 'a webhook never answered: given up')
      await db.deleteFrom('webhook_deliveries').where('id', '=', delivery.id).execute()
      return
    }
    const wait = Math.min(BACKOFF * 2 ** (delivery.attempts - 1), MAX_BACKOFF)
    await db
      .updateTable('webhook_deliveries')
      .set({ due_at: Date.now() + wait })
      .where('id', '=', delivery.id)
      .execute()
    if (!closed) setTimeout(wake, wait + 10).unref()
  }

  async function post(url: string, secret: string, { id, body }: Delivery): Promise<boolean> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: signedHeaders(secret, id, body),
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_TIMEOUT),
      })
      await response.body?.cancel()
      return response.ok
    } catch {
      return false
    }
  }

  // What the last run left.
  wake()

  return {
    async record(tx, changes) {
      const hooks = await tx.selectFrom('webhooks').select('id').execute()
      const now = Date.now()
      const rows = hooks.flatMap(hook =>
        changes.map(({ topic, change }) => ({
          id: `msg_${randomBytes(12).toString('hex')}`,
          webhook_id: hook.id,
          body: JSON.stringify({ type: topic, timestamp: new Date(now).toISOString(), data: change }),
          due_at: now,
          created_at: now,
        })),
      )
      for (let i = 0; i < rows.length; i += 1_000) {
        await tx
          .insertInto('webhook_deliveries')
          .values(rows.slice(i, i + 1_000))
          .execute()
      }
    },
    wake,
    async add(url) {
      const hook = {
        id: randomBytes(12).toString('hex'),
        url,
        secret: `whsec_${randomBytes(24).toString('base64')}`,
        created_at: Date.now(),
      }
      await db.insertInto('webhooks').values(hook).execute()
      return { id: hook.id, url, secret: hook.secret, createdAt: hook.created_at }
    },
    async list() {
      const rows = await db.selectFrom('webhooks').selectAll().orderBy('created_at').execute()
      return rows.map(({ id, url, created_at }) => ({ id, url, createdAt: created_at }))
    },
    async remove(id) {
      return db.transaction().execute(async tx => {
        const { numDeletedRows } = await tx.deleteFrom('webhooks').where('id', '=', id).executeTakeFirst()
        await tx.deleteFrom('webhook_deliveries').where('webhook_id', '=', id).execute()
        return numDeletedRows > 0n
      })
    },
    async close() {
      closed = true
      clearInterval(clock)
      await looking
      await Promise.all(delivering.values())
    },
  }
}

/** As Standard Webhooks has it (standardwebhooks.com), so that receivers can use its libraries. */
function signedHeaders(secret: string, id: string, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const timestamp = Math.floor(Date.now() / 1000)
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'Content-Type': 'application/json',
    'Webhook-Id': id,
    'Webhook-Timestamp': String(timestamp),
    'Webhook-Signature': `v1,${signature}`,
  }
}
