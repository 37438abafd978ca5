import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { signUp } from './sign-up.ts'

/**
 * The pictures of the README and the guide, made of the real pages. `npm run screenshots` writes them into
 * docs/images; an ordinary run makes them only, so that they can be made at any time.
 */
const dir = process.env.SCREENSHOTS
  ? resolve(import.meta.dirname, '../../docs/images')
  : resolve(import.meta.dirname, '../../test-results/images')
mkdirSync(dir, { recursive: true })

/** A stand-in for a game: dusk over hills, drawn here. */
const SCENE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1920 1080" preserveAspectRatio="xMidYMid slice">
<defs><linearGradient id="s" x2="0" y2="1"><stop stop-color="#1d2b64"/><stop offset=".45" stop-color="#7b4f8f"/><stop offset=".72" stop-color="#f0937a"/><stop offset="1" stop-color="#ffd59a"/></linearGradient></defs>
<rect width="1920" height="1080" fill="url(#s)"/><circle cx="1380" cy="560" r="120" fill="#ffe9c4"/>
<g fill="#fff" opacity=".8">${Array.from({ length: 60 }, (_, i) => `<circle cx="${(i * 733) % 1920}" cy="${(i * 367) % 420}" r="${1 + (i % 3) * 0.7}"/>`).join('')}</g>
<path fill="#6d4b7f" d="M0 700 240 560 420 650 700 470 960 660 1200 540 1500 690 1920 560V1080H0z"/>
<path fill="#3f3560" d="M0 820 300 700 620 800 900 690 1260 820 1600 710 1920 800V1080H0z"/>
<path fill="#241f3d" d="M0 960q480-150 960-40t960-30v190H0z"/></svg>`

async function paintScene(page: Page): Promise<void> {
  await page.evaluate(svg => {
    document.documentElement.style.background = `url("data:image/svg+xml,${encodeURIComponent(svg)}") center / cover`
  }, SCENE)
}

const LINE = { speaker: '小夜', data: { message: '原来从这里，可以看见[#ffd88a]整片星空[/]啊……' } }

test('overlay: a line over a game', async ({ browser, server }) => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } })
  await page.goto(`${server.url}/`)
  await paintScene(page)
  await server.api('POST', '/rooms/lobby/messages', LINE)
  await expect(page.locator('.sm-player')).toHaveAttribute('data-state', 'complete')
  await page.screenshot({ path: `${dir}/overlay.png`, animations: 'disabled' })
  await page.close()
})

test('phone: the player and the controller in the hand', async ({ browser, server }) => {
  const context = await browser.newContext({
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    locale: 'en-US',
  })
  const player = await context.newPage()
  await player.goto(`${server.url}/`)
  await paintScene(player)
  await server.api('POST', '/rooms/lobby/messages', LINE)
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'complete')
  await player.screenshot({ path: `${dir}/phone-player.png`, animations: 'disabled' })
  const controller = await context.newPage()
  await signUp(controller, server)
  await controller.screenshot({ path: `${dir}/phone-controller.png`, animations: 'disabled' })
  await context.close()
})

test('controller: the desk', async ({ browser, server }) => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 720 }, locale: 'en-US' })
  const player = await context.newPage()
  await player.goto(`${server.url}/`)
  const controller = await context.newPage()
  await signUp(controller, server)
  for (const message of ['今晚也请多多关照。', LINE.data.message]) {
    await controller.getByLabel('Speaker', { exact: true }).fill(LINE.speaker)
    const line = controller.getByRole('textbox', { name: 'Line' })
    await line.fill(message)
    await line.press('Enter')
  }
  await expect(player.locator('.sm-text')).toContainText('星空', { useInnerText: true })
  await expect(player.locator('.sm-player')).toHaveAttribute('data-state', 'complete')
  await controller.screenshot({ path: `${dir}/controller.png`, animations: 'disabled' })
  await context.close()
})

test('dock: 300 pixels in OBS', async ({ browser, server }) => {
  const context = await browser.newContext({
    viewport: { width: 300, height: 600 },
    deviceScaleFactor: 2,
    locale: 'en-US',
  })
  const player = await context.newPage()
  await player.goto(`${server.url}/?label=OBS`)
  for (const message of ['今晚也请多多关照。', '先去那边的山顶看看吧。', LINE.data.message])
    await server.api('POST', '/rooms/lobby/messages', { ...LINE, data: { message } })
  await expect(player.locator('.sm-text')).toContainText('星空', { useInnerText: true })
  const controller = await context.newPage()
  await signUp(controller, server)
  await expect(controller.getByRole('button', { name: 'Open players 1' })).toBeVisible()
  await controller.screenshot({ path: `${dir}/dock.png`, animations: 'disabled' })
  await context.close()
})
