import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { openChromium } from '../../test/support/chromium.ts'
import { clockOf, lineOf, monotonic, untilWatched, VIEWPORT } from '../load/browser.ts'
import { type ComparedPage, comparedPages } from '../peers/compared-pages.ts'
import { startStreamingMessage } from '../peers/streaming-message.ts'
import { quantile } from '../report/statistics.ts'

/** The pages that show what is published. */
export const showingPages = comparedPages(
  'the built player, with its box, effects and sounds',
  'a page of the same server with an EventSource that puts the first letter into a text node: what server and browser give',
)

/** Characters of the lines, in turn. */
const LENGTHS = [18, 79, 1_000]

/** Of the page; the compiler's library lacks it. */
declare const scheduler: {
  postTask(task: () => void, options: { priority: 'user-blocking' }): Promise<void>
}

interface Recorder {
  /** From now on the first letter is waited for. */
  arm(): void
  /** `performance.now()` at the end of the frame with the first letter; since `arm`. */
  seen: Promise<number>
}

/** Runs in the page. Nothing of it asks for a frame before the letter stands in the document: the page is idle until then. */
function record(): void {
  const recorder: Recorder = { arm, seen: new Promise(() => {}) }
  Object.assign(window, { recorder })
  function arm(): void {
    recorder.seen = new Promise(resolve => {
      const observer = new MutationObserver(() => {
        const letter = document.querySelector(
          '.sm-line:not(.sm-awaited) :is(.sm-fresh, .sm-seen), #bare:not(:empty)',
        )
        if (letter === null) return
        observer.disconnect()
        requestAnimationFrame(() => {
          // Right behind the style, layout and paint of this frame, which is then handed over to be drawn; before whatever else waits.
          void scheduler.postTask(() => resolve(performance.now()), { priority: 'user-blocking' })
        })
      })
      observer.observe(document, { subtree: true, childList: true, attributeFilter: ['class'] })
    })
  }
  arm()
}

/** Runs in the page. */
function showBare(): void {
  document.body.innerHTML = '<p id="bare" style="font: 38px sans-serif"></p>'
  const bare = document.getElementById('bare')!
  const stream = new EventSource('/api/v1/rooms/lobby/events?since=now')
  stream.onmessage = ({ data }) => {
    bare.textContent = JSON.parse(data).data.message[0]
  }
  stream.addEventListener('control', () => bare.replaceChildren())
}

/**
 * Publishes to a page in Chromium that is open and idle, one line after the other; the box is cleared before each. Timed from just
 * before the request is sent until the page has painted the frame with the first letter and handed it over to be drawn.
 * @param settling milliseconds that the page is left alone after its first line
 * @returns ms: `p50` and `p99` of all, `long` the p99 of the lines of 1,000 characters, `cold` the first line of all.
 */
export async function firstLetter(
  page: ComparedPage,
  { publishes, settling }: { publishes: number; settling: number },
): Promise<Record<string, number>> {
  const server = await startStreamingMessage()
  const browser = await openChromium()
  try {
    const opened = await browser.newPage({ viewport: VIEWPORT })
    await opened.addInitScript(record)
    if (page.kind === 'player') await opened.goto(`http://127.0.0.1:${server.port}/`)
    else {
      // Nothing is there; it has the policy of a player's page, which may open a stream.
      await opened.goto(`http://127.0.0.1:${server.port}/there/is/nothing`)
      await opened.evaluate(showBare)
    }
    await untilWatched(server)
    const zero = await clockOf(opened)
    const times: number[] = []
    for (let turn = 0; turn < publishes; turn++) {
      if (turn > 0) await makeIdle(server, opened)
      // The pieces of the fonts come after the first line; a stream has had its first line long ago.
      if (turn === 1) await wait(settling)
      times.push(await time(server, opened, zero, lineOf(LENGTHS[turn % LENGTHS.length]!)))
    }
    const [cold, ...warm] = times
    // The first of `warm` is the second of all.
    const long = warm.filter((_, index) => LENGTHS[(index + 1) % LENGTHS.length] === 1_000)
    return { p50: quantile(warm, 0.5), p99: quantile(warm, 0.99), long: quantile(long, 0.99), cold: cold! }
  } finally {
    await browser.close()
    await server.stop()
  }
}

type Server = Awaited<ReturnType<typeof startStreamingMessage>>

async function post({ port, token }: Server, path: string, body: unknown): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/rooms/lobby/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}`)
}

/** Empties the box, and lets what that moves come to rest. */
async function makeIdle(server: Server, page: Page): Promise<void> {
  await post(server, 'control', { action: 'clear' })
  await page.waitForFunction(() => document.querySelector('[data-state="empty"], #bare:empty') !== null)
  await wait(150)
  await page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.arm())
  // Lines come at any time within a frame.
  await wait(20 + Math.random() * 50)
}

async function time(server: Server, page: Page, zero: number, message: string): Promise<number> {
  const sent = monotonic()
  await post(server, 'messages', { speaker: 'bench', data: { message } })
  const seen = await page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.seen)
  return zero + seen - sent
}
