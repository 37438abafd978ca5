import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { SENTENCE } from './messages.ts'

export const VIEWPORT = { width: 1280, height: 720 }

/** Resolves when somebody's stream of the default room is open. */
export async function untilWatched({ port, token }: { port: number; token: string }): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/rooms/lobby/subscribers`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const { subscribers } = (await response.json()) as { subscribers: unknown[] }
    if (subscribers.length > 0) return
    await wait(20)
  }
}

/**
 * @returns when the page's clock (`performance.now()`) was 0, in ms of CLOCK_MONOTONIC, which Node's `process.hrtime` reads too: no
 * wall clock that is set meanwhile lies between the two.
 */
export async function clockOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const { metrics } = await devtools.send('Performance.getMetrics')
  await devtools.detach()
  return metrics.find(({ name }) => name === 'NavigationStart')!.value * 1_000
}

/** Milliseconds of CLOCK_MONOTONIC. */
export const monotonic = (): number => Number(process.hrtime.bigint()) / 1e6

/** @returns a line of so many characters. */
export const lineOf = (characters: number): string =>
  SENTENCE.repeat(Math.ceil(characters / SENTENCE.length)).slice(0, characters)
