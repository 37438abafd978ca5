import type { Express } from 'express'
import type { Logger } from 'pino'
import { type Listener, openListener } from './http/listener.ts'
import type { ConnectionLimit } from './limits/index.ts'
import { finishLeftOpen } from './messages/index.ts'
import { Frame, type Hub } from './sse/index.ts'
import type { Store } from './store/index.ts'
import type { Features } from './wiring/features.ts'

/** Milliseconds within which players come back after a restart, at random, so that they do not all come at once. */
const DRAIN_SPREAD = 2_000

interface OpenParts {
  app: Express
  /** 0 = any free port. */
  at: { host: string; port: number }
  connections: ConnectionLimit
  features: Features
  store: Store
  log: Logger
  /** Told as soon as requests can come. */
  listening(listener: Listener): void
}

/**
 * Opens the server to requests, once what the last run left open is ended.
 * @throws StartError where it cannot listen; nothing is left open then.
 */
export async function open({
  app,
  at,
  connections,
  features,
  store,
  log,
  listening,
}: OpenParts): Promise<Listener> {
  const { cluster, peers, retention, roomLog, rooms } = features
  let listener: Listener | undefined
  try {
    await finishLeftOpen({ db: store.db, rooms, log: roomLog }, store.kind)
    listener = await openListener({
      handler: app,
      ...at,
      connections,
      notAccepted: error => log.error({ err: error }, 'a connection can’t be accepted'),
    })
    listening(listener)
    await cluster.start()
    peers.ask()
    void retention.run().catch(() => {})
    return listener
  } catch (error) {
    await close(listener ?? null, features, store, log)
    throw error
  }
}

/**
 * Ends what `open` began: nothing new comes in, players are told to come back, what is open is written down. What fails
 * on the way is logged, and the rest ended all the same.
 * @param listener null where there is none yet.
 */
export async function close(
  listener: Listener | null,
  features: Features,
  store: Store,
  log: Logger,
): Promise<void> {
  const { accounts, audit, broker, cluster, fallback, hub, limits, peers, presence } = features
  const { quotes, retention, revocations, roomLog, stage, tokens } = features
  const steps: [what: string, step: () => unknown][] = [
    ['the port', () => listener?.stopAccepting()],
    ['the devices', () => broker.drain()],
    ['the streams', () => sendAway(hub)],
    ['idle connections', () => listener?.closeIdle()],
    ['the fallback', () => fallback.close()],
    ['the quotations', () => quotes.close()],
    ['presence', () => presence.close()],
    ['the hub', () => hub.close()],
    ['the lines that were accepted', () => roomLog.idle()],
    ['the trimming of the history', () => retention.close()],
    ['how far the screens are', () => stage.save()],
    ['the other servers’ players', () => peers.close()],
    ['the broker', () => broker.close()],
    ['the cluster', () => cluster.stop()],
    ['the look at credentials', () => revocations.close()],
    ['accounts', () => accounts.close()],
    ['limits', () => limits.close()],
    ['tokens', () => tokens.close()],
    ['the audit log', () => audit.close()],
    ['the database', () => store.close()],
    ['connections', () => listener?.closeAll()],
  ]
  for (const [what, step] of steps) {
    try {
      await step()
    } catch (error) {
      log.warn({ err: error }, `closing: ${what} could not be ended in good order`)
    }
  }
}

/** Tells each stream to come back, each at a time of its own, and ends it. */
function sendAway(hub: Hub): void {
  for (const room of [...hub.rooms()]) {
    for (const subscriber of [...hub.inRoom(room)]) {
      const after = Math.round(Math.random() * DRAIN_SPREAD)
      subscriber.send(Frame.of({ event: 'meta', data: JSON.stringify({ type: 'drain', after }) }))
      subscriber.end()
    }
  }
}
