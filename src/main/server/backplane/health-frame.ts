import type { MetaEvent } from '../../../shared/events.ts'
import { Frame } from '../sse/index.ts'

/** Tells a controller why the other servers lag behind, or that they no longer do. */
export function healthFrame(redis: 'away' | 'back'): Frame {
  const event: MetaEvent = { type: 'cluster', redis }
  return Frame.of({ event: 'meta', data: JSON.stringify(event) })
}
