import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

/**
 * `node scripts/icons.ts`: draws the PNGs in resources/icons from the SVGs in resources. Run it after changing those; the
 * PNGs are kept in the repository, as a build needs no browser. electron-builder makes .ico and .icns from icon.png.
 */
const resources = resolve(import.meta.dirname, '../resources')
const out = join(resources, 'icons')
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const drawings: [svg: string, png: string, pixels: number][] = [
  ['icon.svg', 'icon.png', 1024],
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((size): [string, string, number] => [
    'icon.svg',
    `${size}x${size}.png`,
    size,
  ]),
  ['tray.svg', 'tray.png', 16],
  ['tray.svg', 'tray@1.5x.png', 24],
  ['tray.svg', 'tray@2x.png', 32],
  ['tray.svg', 'tray@3x.png', 48],
  ['tray-template.svg', 'trayTemplate.png', 16],
  ['tray-template.svg', 'trayTemplate@2x.png', 32],
]

mkdirSync(out, { recursive: true })
const executablePath = existsSync(chromiumPath) ? chromiumPath : undefined
const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: ['--disable-gpu'] })
const page = await browser.newPage()
for (const [svg, png, size] of drawings) {
  await page.setViewportSize({ width: size, height: size })
  const image = Buffer.from(readFileSync(join(resources, svg))).toString('base64')
  await page.setContent(
    `<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="data:image/svg+xml;base64,${image}">`,
  )
  await page.locator('img').evaluate((element: HTMLImageElement) => element.decode())
  await page.screenshot({ path: join(out, png), omitBackground: true })
}
await browser.close()
console.log(`${drawings.length} pictures in resources/icons`)
