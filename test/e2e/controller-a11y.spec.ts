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

/** @returns what axe finds serious, by all its rules or by those named; the player of the preview is no part of the controller. */
async function seriousViolations(page: Page, rules?: string[]) {
  // Without frames of other origins axe needs no page of its own to put its findings together, which takes longer than they do.
  const axe = new AxeBuilder({ page }).exclude('iframe').setLegacyMode()
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => ({ id, nodes: nodes.map(node => `${node.html} ${node.failureSummary}`) }))
}

/** The rules that look at colours: all else is the same in the dark. */
const COLOURS = ['color-contrast', 'link-in-text-block']

/** Resolves once the page has taken the scheme, with every colour at its end. */
async function takeScheme(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme === 'dark' ? 'night' : 'day')
  await page.evaluate(() => {
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish()
  })
}

for (const [name, viewport] of Object.entries(SIZES)) {
  test(`no serious axe violation: ${name}, light and dark`, async ({ browser, server }) => {
    test.setTimeout(120_000)
    await furnish(server)
    const context = await browser.newContext({ viewport })
    const { page } = await openDesk(context, server)
    for (const section of SECTIONS) {
      await page.goto(`${server.url}/admin/${section}`)
      await expect(page.getByRole('textbox', { name: 'Line' })).toBeVisible()
      await takeScheme(page, 'light')
      expect(await seriousViolations(page), `${section || 'live'}, light`).toEqual([])
      await takeScheme(page, 'dark')
      expect(await seriousViolations(page, COLOURS), `${section || 'live'}, dark`).toEqual([])
    }
    await context.close()
  })
}

/** What of the page is broader than the place it has, with the width that it wants. */
const tooWide = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main, main section, header, form, nav')]
      .filter(element => element.scrollWidth > element.clientWidth + 1)
      .map(element => `${element.tagName} ${element.className} ${element.scrollWidth}`),
  )

test('nothing is wider than the window, in any language and at any size', async ({ context, server }) => {
  test.setTimeout(120_000)
  await furnish(server)
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
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport)
        await expect.poll(() => tooWide(page), `${section || 'live'} ${language} ${size}`).toEqual([])
      }
    }
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
