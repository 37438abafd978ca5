import type { Page } from '@playwright/test'
import type { LineLook } from '../../src/shared/line-look.ts'
import type { TestServer } from '../support/server.ts'
import { expect } from './fixtures.ts'

/** Sends one line to the default room; resolves when the server has it. */
export async function send(
  server: TestServer,
  message: unknown,
  over: Record<string, unknown> = {},
): Promise<string> {
  const { format, ...rest } = over
  const data = format === undefined ? { message } : { message, format }
  const response = await server.api('POST', '/rooms/lobby/messages', {
    speaker: '小夜',
    data,
    ...rest,
  })
  expect(response.status).toBeLessThan(300)
  const body = (await response.json()) as { message?: { id: string }; id?: string }
  return body.message?.id ?? body.id ?? ''
}

/** Sends one line of a speaker's, in a look of its own where one is given. */
export async function say(
  server: TestServer,
  speaker: string,
  message: string,
  look?: LineLook,
): Promise<void> {
  await send(server, message, { speaker, data: { message, ...(look && { look }) } })
}

export async function control(server: TestServer, action: string): Promise<void> {
  const response = await server.api('POST', '/rooms/lobby/control', { action })
  expect(response.status).toBeLessThan(300)
}

/** Settings under which lines come fast. */
export async function configure(server: TestServer, settings: unknown): Promise<void> {
  const room = (await (await server.api('GET', '/rooms/lobby')).json()) as {
    room?: { version: number }
    version?: number
  }
  const response = await server.api('PATCH', '/rooms/lobby', {
    version: room.room?.version ?? room.version,
    settings,
  })
  expect(response.status, await response.text()).toBeLessThan(300)
}

export const player = (page: Page) => page.locator('.sm-player')
export const text = (page: Page) => page.locator('.sm-text')
export const complete = (page: Page) => expect(player(page)).toHaveAttribute('data-state', 'complete')
/** Resolves when the page hears the room and has said so; a page that goes away reports too, as hidden. */
export const heardBy = (page: Page) =>
  page.waitForResponse(
    response =>
      response.url().includes('/report') &&
      (response.request().postDataJSON() as { visible: boolean }).visible,
  )
export async function open(page: Page, server: TestServer, path = '/'): Promise<void> {
  const heard = heardBy(page)
  await page.goto(server.url + path)
  await heard
}

/** Every line that is put onto the page, as it first stands there. @returns what was so far. */
export async function noteLines(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const lines: string[] = []
    Object.assign(window, { lines })
    new MutationObserver(records => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof HTMLElement && node.classList.contains('sm-line')) lines.push(node.textContent!)
    }).observe(document, { subtree: true, childList: true })
  })
  return () => page.evaluate(() => (window as unknown as { lines: string[] }).lines)
}

/** Gives the page a worker of its own, whose stream can be held up; that of a shared worker could not. */
export async function ownStream(page: Page): Promise<{ hold(): void; letGo(): void }> {
  let mayGo = Promise.resolve()
  let letGo = () => {}
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  await page.route('**/api/v1/streams', async route => {
    await mayGo
    await route.continue()
  })
  return {
    hold() {
      mayGo = new Promise(resolve => {
        letGo = resolve
      })
    },
    letGo: () => letGo(),
  }
}
