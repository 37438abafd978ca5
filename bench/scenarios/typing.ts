import type { Browser } from '@playwright/test'
import { openChromium } from '../../test/support/chromium.ts'
import { lineOf, untilWatched, VIEWPORT } from '../load/browser.ts'
import { startStreamingMessage } from '../peers/streaming-message.ts'
import type { Named } from '../report/scenario.ts'
import { quantile } from '../report/statistics.ts'

/** A page whose frames are timed. */
export interface TypingPage extends Named {
  kind: 'player' | 'text' | 'empty'
}

export const typingPages: TypingPage[] = [
  { kind: 'player', name: 'player', what: 'the player of the built app while it types' },
  {
    kind: 'text',
    name: 'text node',
    what: 'a page that puts one more letter into one text node each frame: what this browser needs for any text',
  },
  {
    kind: 'empty',
    name: 'empty page',
    what: 'a page that does nothing but count its frames: what the machine gives',
  },
]

interface Recorder {
  /** Frame times while it is on, or a player types, ms. */
  frames: number[]
  on: boolean
}

/** Runs in the page. */
function record(): void {
  const recorder: Recorder = { frames: [], on: false }
  Object.assign(window, { recorder })
  let last = 0
  let typing = false
  const frame = (time: number) => {
    const player = document.querySelector<HTMLElement>('[data-state]')
    const now = player ? player.dataset.state === 'typing' : recorder.on
    if (now && typing) recorder.frames.push(time - last)
    typing = now
    last = time
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
}

/**
 * Times the frames of a page in Chromium at 1280 x 720: of the player from the frame that begins a line to its last letter.
 * @param seconds for which the other pages are watched
 * @returns `p50`, `p99` and `worst` frame times in ms, `late` the share of frames over 20 ms in %.
 */
export async function typing(
  page: TypingPage,
  { characters, seconds }: { characters: number; seconds: number },
): Promise<Record<string, number>> {
  const browser = await openChromium()
  try {
    return summary(
      page.kind === 'player'
        ? await timePlayer(browser, characters)
        : await timePeer(browser, page.kind, seconds),
    )
  } finally {
    await browser.close()
  }
}

/** One line, in a page that has shown one before: the box, its font and the sounds are there. */
async function timePlayer(browser: Browser, characters: number): Promise<number[]> {
  const server = await startStreamingMessage()
  try {
    const page = await browser.newPage({ viewport: VIEWPORT })
    await page.addInitScript(record)
    await page.goto(`http://127.0.0.1:${server.port}/`)
    await untilWatched(server)
    const say = async (message: string) => {
      const { port, path, headers } = server.publish
      const body = JSON.stringify({ speaker: 'bench', data: { message } })
      await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body })
      await page.waitForSelector('[data-state="typing"]')
      await page.waitForSelector('[data-state="complete"]', { timeout: 120_000 })
    }
    await say(lineOf(18))
    await page.evaluate(() => {
      ;(window as unknown as { recorder: Recorder }).recorder.frames = []
    })
    await say(lineOf(characters))
    return await page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.frames)
  } finally {
    await server.stop()
  }
}

async function timePeer(browser: Browser, kind: 'text' | 'empty', seconds: number): Promise<number[]> {
  const page = await browser.newPage({ viewport: VIEWPORT })
  await page.addInitScript(record)
  await page.goto('data:text/html,<title>peer</title><p style="font: 38px sans-serif">')
  return page.evaluate(
    async ({ time, text }) => {
      const { recorder } = window as unknown as { recorder: Recorder }
      const node = document.querySelector('p')!.appendChild(document.createTextNode(''))
      const type = () => {
        node.data = node.data.length < text.length ? text.slice(0, node.data.length + 1) : ''
        requestAnimationFrame(type)
      }
      if (text !== '') type()
      recorder.on = true
      await new Promise(resolve => setTimeout(resolve, time))
      return recorder.frames
    },
    { time: seconds * 1_000, text: kind === 'text' ? lineOf(200) : '' },
  )
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
