import { PlainTarget } from './plain-target.ts'
import { root } from './platform.ts'

function isConstructible(create: () => unknown): boolean {
  try {
    return !!create()
  } catch {
    return false
  }
}

/** The platform's EventTarget if it and its events can be constructed, else our own with plain objects as events. */
export function pickEventTarget(): {
  Target: typeof EventTarget
  createEvent: (type: string, init?: MessageEventInit) => Event
} {
  if (isConstructible(() => new root.EventTarget() && new root.Event('x') && new root.MessageEvent('x')))
    return {
      Target: root.EventTarget,
      createEvent: (type, init) => (init ? new root.MessageEvent(type, init) : new root.Event(type)),
    }
  return {
    Target: PlainTarget as typeof EventTarget,
    createEvent(type, init) {
      const event: Record<string, unknown> = {
        type,
        bubbles: false,
        cancelable: false,
        defaultPrevented: false,
      }
      for (const key in init) event[key] = init[key as keyof MessageEventInit]
      return event as unknown as Event
    },
  }
}
