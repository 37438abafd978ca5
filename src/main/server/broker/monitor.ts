import { type Cluster, healthFrame } from '../backplane/index.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { EventStreamWriter, Frame, type Hub, type StreamEvent, Subscriber } from '../sse/index.ts'
import { newStreamId } from '../subscribers/index.ts'
import { requireAdministrator } from './access.ts'

/** The event stream of those who watch the server itself: devices that come and go, servers, Redis. */
export interface Monitor {
  /** To everybody who watches, on whatever server. */
  tell(event: string, data: object): void
  routes: Route[]
}

/** The hub's key of the streams; no room has a slash in its id. */
const KEY = 'server/events'

export function createMonitor({ cluster, hub }: { cluster: Cluster; hub: Hub }): Monitor {
  const { backplane, bus, node, nodes } = cluster

  function deliver(event: StreamEvent) {
    hub.deliver(KEY, { frame: Frame.of(event), from: null, to: null })
  }

  function tell(event: string, data: object) {
    const one = { event, data: JSON.stringify(data) }
    deliver(one)
    bus.tell('monitor', { event: one })
  }

  bus.on('monitor', message => deliver(message.event as StreamEvent))
  nodes.onGone(gone => deliver({ event: 'server', data: JSON.stringify({ type: 'gone', node: gone }) }))
  backplane.onHealth(healthy => {
    const state = healthy ? 'back' : 'away'
    tell('server', { type: 'redis', node, state })
    // Whoever is at the controls must know why the other servers lag behind.
    const frame = healthFrame(state)
    for (const room of hub.rooms()) {
      hub.deliver(room, { frame, from: null, to: null }, one => one.info.role === 'controller')
    }
  })

  return {
    tell,
    routes: [
      defineRoute({
        method: 'get',
        path: '/api/v1/server/events',
        summary: 'Watch the server: devices that come and go, servers that are gone, Redis away and back',
        tag: 'status',
        access: { kind: 'scope', scope: 'manage' },
        success: {
          status: 200,
          description:
            'An event stream: `state` as the broker’s callbacks, `server` with `type` `redis` or `gone`.',
          contentType: 'text/event-stream',
        },
        errors: ['unauthenticated', 'forbidden'],
        handle({ req, res, principal }) {
          requireAdministrator(principal!)
          const info = {
            id: newStreamId(node),
            room: KEY,
            device: '',
            label: '',
            place: 'browser' as const,
            role: 'monitor' as const,
            address: req.ip ?? '',
            userAgent: (req.headers['user-agent'] ?? '').slice(0, 300),
            since: Date.now(),
            credential: principal!.credential,
            expiresAt: principal!.expiresAt,
            // It belongs to no room whose access could be lost; it ends with its credential.
            userId: null,
            watchKey: null,
          }
          const subscriber: Subscriber = new Subscriber(
            info,
            new EventStreamWriter(req, res, () => hub.remove(subscriber)),
          )
          hub.add(subscriber)
          const data = JSON.stringify({ type: 'hello', node, redis: backplane.healthy ? 'ok' : 'away' })
          subscriber.send(Frame.of({ event: 'server', data }))
          subscriber.goLive(0)
          return undefined
        },
      }),
    ],
  }
}
