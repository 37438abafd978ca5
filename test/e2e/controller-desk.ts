import type { BrowserContext, Locator, Page, Route } from '@playwright/test'
import type { TestServer } from '../support/server.ts'

/** The controller as a user sees it: by its roles and names. */
export interface DeskPage {
  page: Page
  line: Locator
  speaker: Locator
  lines: Locator
  queue: Locator
  say(text: string): Promise<void>
}

/** Opens the controller at a section, signed in by the server's own token, in English, past the first run. */
export async function openDesk(
  context: BrowserContext,
  server: TestServer,
  path = '/admin',
): Promise<DeskPage> {
  const page = await context.newPage()
  await page.addInitScript(token => {
    sessionStorage.setItem('streaming-message.token', token)
    if (!localStorage.getItem('streaming-message.preferences'))
      localStorage.setItem(
        'streaming-message.preferences',
        JSON.stringify({ language: 'en', welcomed: true, variables: {} }),
      )
  }, server.token)
  await page.goto(`${server.url}${path}`)
  return deskOf(page)
}

export async function deskOf(page: Page): Promise<DeskPage> {
  const line = page.getByRole('textbox', { name: 'Line' })
  await line.waitFor()
  return {
    page,
    line,
    speaker: page.getByRole('combobox', { name: 'Speaker' }),
    lines: page.getByRole('log', { name: 'Sent lines' }).getByRole('listitem'),
    queue: page.getByRole('list', { name: 'Queue' }).getByRole('listitem'),
    async say(text) {
      await line.fill(text)
      await line.press('Enter')
    },
  }
}

/** What the room's history holds, oldest first. */
export async function published(
  server: TestServer,
  room = 'lobby',
): Promise<{ speaker: string; text: unknown }[]> {
  const response = await server.api('GET', `/rooms/${room}/messages?limit=500`)
  const { messages } = (await response.json()) as {
    messages: { speaker: string; data: { message?: unknown } }[]
  }
  return messages.reverse().map(({ speaker, data }) => ({ speaker, text: data.message }))
}

export const texts = async (server: TestServer, room?: string) =>
  (await published(server, room)).map(message => message.text)

/** Holds matching requests back until they are let go. */
export async function holdBack(page: Page, path: string, method: string) {
  const held: Route[] = []
  let open = false
  await page.route(path, (route, request) => {
    if (open || request.method() !== method) return route.fallback()
    held.push(route)
    return undefined
  })
  return {
    held,
    async letGo() {
      open = true
      for (const route of held.splice(0)) await route.fallback()
    },
  }
}
