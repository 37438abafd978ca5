import type { MetaEvent } from '../../../shared/events.ts'

/**
 * Keeps `data-controller` of the player at `online` or `offline`, for themes that want to show it. A controller counts as
 * offline after three heartbeats that did not come. There is a timer only while one is online.
 */
export interface PresenceMark {
  note(event: MetaEvent): void
  destroy(): void
}

export function createPresenceMark(player: HTMLElement): PresenceMark {
  let timer: ReturnType<typeof setTimeout> | undefined

  function set(controllers: number): void {
    clearTimeout(timer)
    player.dataset.controller = controllers > 0 ? 'online' : 'offline'
  }

  return {
    note(event) {
      if (event.type === 'hello') set(event.presence.controllers)
      else if (event.type === 'presence') set(event.controllers)
      else if (event.type === 'heartbeat') {
        set(event.controllers)
        if (event.controllers > 0) timer = setTimeout(set, event.interval * 3, 0)
      }
    },
    destroy: () => clearTimeout(timer),
  }
}
