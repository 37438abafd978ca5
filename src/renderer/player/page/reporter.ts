import type { HelloEvent, PlayerReport } from '../../../shared/events.ts'
import type { PlayerState } from '../player.ts'
import { createFrameTask } from '../stage/frame-task.ts'

/** Tells the server what this player shows, whenever that changes: one report at a time, the newest wins. */
export interface Reporter {
  hello(hello: HelloEvent): void
  state(state: PlayerState): void
}

export function createReporter(): Reporter {
  let address: string | null = null
  let latest: PlayerState | null = null
  let sending = false
  let roundTrip: number | null = null
  let sent = ''

  async function send(): Promise<void> {
    if (sending || address === null || latest === null) return
    const report: Omit<PlayerReport, 'roundTrip'> = {
      ...latest,
      problems: [...latest.problems],
      visible: document.visibilityState === 'visible',
    }
    const key = `${address} ${JSON.stringify(report)}`
    if (key === sent) return
    sent = key
    sending = true
    const start = performance.now()
    try {
      await fetch(address, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...report, roundTrip }),
        keepalive: true,
      })
      roundTrip = Math.round(performance.now() - start)
    } catch {
      // The connection is down; the next hello brings a new report.
    }
    sending = false
    await send()
  }

  /** A request costs milliseconds: what the audience sees goes first. */
  const later = createFrameTask(() => void send(), 'after')

  document.addEventListener('visibilitychange', () => void send())
  return {
    hello({ exists, room, subscriber }) {
      address = exists ? `/api/v1/rooms/${encodeURIComponent(room)}/subscribers/${subscriber}/report` : null
      sent = ''
      void send()
    },
    state(changed) {
      latest = changed
      // While a line is typed there are frames to wait for.
      if (changed.state === 'typing' && document.visibilityState === 'visible') later.request()
      else void send()
    },
  }
}
