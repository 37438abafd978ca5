import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium } from '@playwright/test'
import { openPublisher } from '../load/publisher.ts'
import { startStreamingMessage } from '../peers/streaming-message.ts'
import type { Named } from '../report/scenario.ts'
import { quantile } from '../report/statistics.ts'

/** A page whose frames are timed. */
export interface TypingPage extends Named {
  kind: 'player' | 'empty'
}

export const typingPages: TypingPage[] = [
  { kind: 'player', name: 'player', what: 'the player of the built app while it types' },
  {
    kind: 'empty',
    name: 'empty page',
    what: 'a page that does nothing but count its frames: what the machine gives',
  },
]

/** Lines typed, and for the empty page the time that they take about. */
const LINES = 4
const EMPTY_TIME = 8_000

/**
 * Times the frames of a page in a real Chromium at 1280 x 720.
 * @returns `p50`, `p99` and `worst` frame times in ms, `late` the share of frames over 20 ms in %, and for the player
 * `glyph`, ms from publishing to the frame with the first letter (p99 of the lines).
 */
export async function typing(page: TypingPage): Promise<Record<string, number>> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  try {
    return page.kind === 'player' ? await timePlayer(browser) : await timeEmpty(browser)
  } finally {
    await browser.close()
  }
}

interface Recorder {
  /** Frame times while `isOn()`, ms. */
  frames: number[]
  on: boolean
  /** Epoch milliseconds of the frame in which a line began to be typed. */
  began: number[]
}

/** Runs in the page. */
function record(): void {
  const recorder: Recorder = { frames: [], on: false, began: [] }
  Object.assign(window, { recorder })
  let last = 0
  let typing = false
  const frame = (time: number) => {
    const player = document.querySelector<HTMLElement>('[data-state]')
    const now = player ? player.dataset.state === 'typing' : recorder.on
    if (now && typing) recorder.frames.push(time - last)
    if (now && !typing) recorder.began.push(performance.timeOrigin + performance.now())
    typing = now
    last = time
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

async function timePlayer(browser: Browser): Promise<Record<string, number>> {
  const frames: number[] = []
  const glyphs: number[] = []
  for (let line = 0; line < LINES; line++) {
    // A server and a page for each line: a second line would wait until the first has been read.
    const server = await startStreamingMessage()
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
      await page.addInitScript(record)
      await page.goto(`http://127.0.0.1:${server.port}/`)
      await untilWatched(server)
      const publisher = await openPublisher(server.publish)
      const sent = performance.timeOrigin + performance.now()
      await publisher.publish()
      await page.waitForSelector('[data-state="complete"]', { timeout: 60_000 })
      const recorder = await page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder)
      frames.push(...recorder.frames)
      glyphs.push(recorder.began[0]! - sent)
      publisher.close()
      await page.close()
    } finally {
      await server.stop()
    }
  }
  return { ...summary(frames), glyph: quantile(glyphs, 0.99) }
}

/** Resolves when the page's stream is open. */
async function untilWatched({ port, token }: { port: number; token: string }): Promise<void> {
  for (;;) {
    const response = await fetch(`http://127.0.0.1:${port}/api/v1/rooms/lobby/subscribers`, {
      headers: { Authorization: `Bearer ${token}` },
    })
    const { subscribers } = (await response.json()) as { subscribers: unknown[] }
    if (subscribers.length > 0) return
    await wait(20)
  }
}

async function timeEmpty(browser: Browser): Promise<Record<string, number>> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.addInitScript(record)
  await page.goto('data:text/html,<title>empty</title>')
  const frames = await page.evaluate(async time => {
    const { recorder } = window as unknown as { recorder: Recorder }
    recorder.on = true
    await new Promise(resolve => setTimeout(resolve, time))
    return recorder.frames
  }, EMPTY_TIME)
  return summary(frames)
}

function summary(frames: number[]): Record<string, number> {
  if (frames.length < 50) throw new Error(`only ${frames.length} frames were seen`)
  return {
    p50: quantile(frames, 0.5),
    p99: quantile(frames, 0.99),
    worst: quantile(frames, 1),
    late: (100 * frames.filter(time => time > 20).length) / frames.length,
  }
}
