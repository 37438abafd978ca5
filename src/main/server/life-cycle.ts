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
  listening,
}: OpenParts): Promise<Listener> {
  const { cluster, peers, retention, roomLog, rooms } = features
  await finishLeftOpen({ db: store.db, rooms, log: roomLog }, store.kind)
  let listener: Listener | undefined
  try {
    listener = await openListener({ handler: app, ...at, connections })
    listening(listener)
    await cluster.start()
    peers.ask()
    void retention.run().catch(() => {})
    return listener
  } catch (error) {
    listener?.stopAccepting()
    await cluster.stop()
    await retention.close()
    await store.close()
    throw error
  }
}

/** Ends what `open` began: nothing new comes in, players are told to come back, what is open is written down. */
export async function close(
  listener: Listener,
  features: Features,
  store: Store,
  log: Logger,
): Promise<void> {
  const { accounts, audit, broker, cluster, fallback, hub, limits, peers, presence } = features
  const { retention, revocations, roomLog, stage, tokens } = features
  listener.stopAccepting()
  await broker.drain().catch(error => log.warn({ err: error }, 'the devices could not be signed off'))
  sendAway(hub)
  listener.closeIdle()
  fallback.close()
  presence.close()
  hub.close()
  await roomLog.idle()
  await retention.close()
  await stage.save()
  peers.close()
  await broker.close()
  await cluster.stop()
  revocations.close()
  accounts.close()
  limits.close()
  await tokens.close()
  await audit.close()
  await store.close()
  listener.closeAll()
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
