import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { TestServer } from '../support/server.ts'
import { openDesk } from './controller-desk.ts'
import { expect, test } from './fixtures.ts'

const SECTIONS = ['', 'speakers', 'phrases', 'history', 'look', 'share', 'settings']
const SIZES = {
  desk: { width: 1100, height: 720 },
  phone: { width: 390, height: 844 },
  dock: { width: 300, height: 600 },
}

/** A room with something of everything, so that no list is empty. */
async function furnish(server: TestServer): Promise<void> {
  await server.api('POST', '/rooms/lobby/messages', { speaker: 'Alice', data: { message: 'Hello' } })
  await server.api('POST', '/speakers', { name: 'Alice', color: '#e5484d' })
  await server.api('POST', '/phrases', {
    text: 'Now playing {game}',
    folder: 'start',
    speaker: 'Alice',
    hotkey: 'Ctrl+Alt+1',
  })
}

for (const [name, viewport] of Object.entries(SIZES)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`no serious axe violation: ${name}, ${colorScheme}`, async ({ browser, server }) => {
      test.setTimeout(120_000)
      await furnish(server)
      const context = await browser.newContext({ viewport, colorScheme })
      const { page } = await openDesk(context, server)
      for (const section of SECTIONS) {
        await page.goto(`${server.url}/admin/${section}`)
        await expect(page.getByRole('textbox', { name: 'Line' })).toBeVisible()
        const { violations } = await new AxeBuilder({ page }).exclude('iframe').analyze()
        const serious = violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => ({ id, nodes: nodes.map(node => `${node.html} ${node.failureSummary}`) }))
        expect(serious, section || 'live').toEqual([])
      }
      await context.close()
    })
  }
}

test('nothing is wider than the window, in any language and at any size', async ({ browser, server }) => {
  test.setTimeout(180_000)
  await furnish(server)
  for (const viewport of Object.values(SIZES)) {
    const context = await browser.newContext({ viewport })
    const { page } = await openDesk(context, server)
    for (const language of ['en', 'zh-CN', 'ja']) {
      await page.evaluate(value => {
        const preferences = { language: value, welcomed: false, variables: {} }
        localStorage.setItem('streaming-message.preferences', JSON.stringify(preferences))
      }, language)
      for (const section of SECTIONS) {
        await page.goto(`${server.url}/admin/${section}`)
        await expect(page.locator('html')).toHaveAttribute('lang', language)
        await page.locator('#composer-line').waitFor()
        const wide = await page.evaluate(() =>
          [...document.querySelectorAll('main, main section, header, form, nav')]
            .filter(element => element.scrollWidth > element.clientWidth + 1)
            .map(element => `${element.tagName} ${element.className} ${element.scrollWidth}`),
        )
        expect(wide, `${section || 'live'} ${language} ${viewport.width}`).toEqual([])
      }
    }
    await context.close()
  }
})

/** What can be pressed and is smaller than a finger, with its size; a label belongs to what it switches. */
const smallTargets = (page: Page) =>
  page.evaluate(() => {
    const pressed = 'a[href], button, input:not([type=file]), select, textarea, summary'
    return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap(element => {
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return []
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : []
      const boxes = [element, ...labels].map(part => part.getBoundingClientRect())
      const width = Math.max(...boxes.map(box => box.right)) - Math.min(...boxes.map(box => box.left))
      const height = Math.max(...boxes.map(box => box.bottom)) - Math.min(...boxes.map(box => box.top))
      return width === 0 || (width >= 39.5 && height >= 39.5)
        ? []
        : [`${element.outerHTML.slice(0, 120)} ${Math.round(width)}x${Math.round(height)}`]
    })
  })

test('on a phone a finger meets all that can be pressed', async ({ browser, server }) => {
  await furnish(server)
  const context = await browser.newContext({ viewport: SIZES.phone })
  const { page, line } = await openDesk(context, server)
  await line.fill('held')
  await line.press('Alt+Enter')
  await page.getByRole('button', { name: 'Show formatting' }).click()
  for (const panel of ['Emoji', 'Pictures', 'Colours', 'Sending options', 'Show as JSON']) {
    await page.getByRole('button', { name: panel, exact: true }).click()
    await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible()
    expect(await smallTargets(page), panel).toEqual([])
  }
  for (const section of SECTIONS.slice(1)) {
    await page.goto(`${server.url}/admin/${section}`)
    await line.waitFor()
    if (section === 'speakers')
      await page.getByRole('main').getByRole('button', { name: 'Alice' }).first().click()
    if (section === 'phrases') await page.getByRole('button', { name: /^Edit/ }).click()
    if (section === 'look') await page.locator('summary').click()
    expect(await smallTargets(page), section).toEqual([])
  }
  await context.close()
})
