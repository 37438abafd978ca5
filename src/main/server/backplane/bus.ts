import { type Backplane, type Carried, EVERYBODY, nodeTopic } from './backplane.ts'

type Handler = (message: Carried) => void

/** What servers tell each other beside the rooms' events, by the message's type. */
export interface Bus {
  readonly node: string
  readonly healthy: boolean
  /** One handler a type. It trusts what it gets: it comes from a server of this cluster. */
  on(type: string, handler: Handler): void
  /** To every other server. */
  tell(type: string, message: Record<string, unknown>): void
  tellNode(node: string, type: string, message: Record<string, unknown>): void
}

export function createBus(backplane: Backplane): Bus {
  const handlers = new Map<string, Handler>()
  const dispatch = (message: Carried) => handlers.get(message.type)?.(message)
  void backplane.listen(EVERYBODY, dispatch)
  void backplane.listen(nodeTopic(backplane.node), dispatch)
  return {
    node: backplane.node,
    get healthy() {
      return backplane.healthy
    },
    on: (type, handler) => void handlers.set(type, handler),
    tell: (type, message) => backplane.publish(EVERYBODY, { ...message, type }),
    tellNode: (node, type, message) => backplane.publish(nodeTopic(node), { ...message, type }),
  }
}
