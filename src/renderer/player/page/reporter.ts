import type { HelloEvent, PlayerReport } from '../../../shared/events.ts'
import type { PlayerState } from '../player.ts'
import { createFrameTask } from '../stage/frame-task.ts'

/** Tells the server what this player shows, whenever that changes: one report at a time, the newest wins. */
export interface Reporter {
  hello(hello: HelloEvent): void
  state(state: PlayerState): void
}

/** Milliseconds until a report that did not arrive is sent again, after each failure; behind the last, a change or a new stream has to come. */
const TRY_AGAIN = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 60_000]

/** @returns whether it is of no use to send it again. */
function isSettled({ ok, status }: Response): boolean {
  return ok || (status < 500 && status !== 429)
}

export function createReporter(): Reporter {
  let address: string | null = null
  let latest: PlayerState | null = null
  let sending = false
  let roundTrip: number | null = null
  let sent = ''
  /** Of the report that was sent last. */
  let failures = 0
  let again: ReturnType<typeof setTimeout> | undefined

  async function send(): Promise<void> {
    if (sending || address === null || latest === null) return
    const report: Omit<PlayerReport, 'roundTrip'> = {
      ...latest,
      problems: [...latest.problems],
      visible: document.visibilityState === 'visible',
    }
    const key = `${address} ${JSON.stringify(report)}`
    if (key === sent) return
    clearTimeout(again)
    sent = key
    failures = 0
    await post(address, report)
    await send()
  }

  async function post(to: string, report: Omit<PlayerReport, 'roundTrip'>): Promise<void> {
    sending = true
    let arrived = false
    const start = performance.now()
    try {
      const answer = await fetch(to, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ ...report, roundTrip }),
        keepalive: true,
      })
      roundTrip = Math.round(performance.now() - start)
      arrived = isSettled(answer)
    } catch {
      // The connection is down, or was for a moment only: a stream that stands brings no new hello.
    }
    sending = false
    const delay = arrived ? undefined : TRY_AGAIN[failures++]
    if (delay !== undefined) again = setTimeout(() => void post(to, report).then(send), delay)
  }

  /** A request costs milliseconds: what the audience sees goes first. */
  const later = createFrameTask(() => void send(), 'after')

  document.addEventListener('visibilitychange', () => void send())
  return {
    hello({ exists, room, subscriber }) {
      address = exists ? `/api/v1/rooms/${encodeURIComponent(room)}/subscribers/${subscriber}/report` : null
      clearTimeout(again)
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
