import type { MetaEvent } from '../../../shared/events.ts'
import type { Bus } from '../backplane/bus.ts'
import { Frame, type Hub } from '../sse/index.ts'

export type PresetKind = Extract<MetaEvent, { type: 'presets' }>['kind']

/**
 * Tells the controllers, those at other servers too, that a list was changed, so that two desks never show different
 * ones. It says neither whose nor what: each reads its own list anew, by its own rights.
 */
export function announcePresets(hub: Hub, bus: Bus): (kind: PresetKind) => void {
  function tell(kind: PresetKind): void {
    const event: MetaEvent = { type: 'presets', kind }
    const frame = Frame.of({ event: 'meta', data: JSON.stringify(event) })
    for (const room of hub.rooms())
      hub.deliver(room, { frame, from: null, to: null }, ({ info }) => info.role === 'controller')
  }
  bus.on('presets', message => tell(message.kind === 'phrases' ? 'phrases' : 'speakers'))
  return kind => {
    tell(kind)
    bus.tell('presets', { kind })
  }
}
