import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'

/**
 * `node scripts/icons.ts`: draws the PNGs in resources from the SVGs there. Run it after changing those; the
 * PNGs are kept in the repository, as a build needs no browser. electron-builder makes .ico and .icns from icon.png.
 */
const resources = resolve(import.meta.dirname, '../resources')
const chromiumPath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

const drawings: [svg: string, png: string, pixels: number][] = [
  ['icon.svg', 'icon.png', 1024],
  ...[16, 24, 32, 48, 64, 128, 256, 512].map((size): [string, string, number] => [
    'icon.svg',
    `icons/${size}x${size}.png`,
    size,
  ]),
  ['tray.svg', 'tray/tray.png', 16],
  ['tray.svg', 'tray/tray@1.5x.png', 24],
  ['tray.svg', 'tray/tray@2x.png', 32],
  ['tray.svg', 'tray/tray@3x.png', 48],
  ['tray-template.svg', 'tray/trayTemplate.png', 16],
  ['tray-template.svg', 'tray/trayTemplate@2x.png', 32],
]

for (const folder of ['icons', 'tray']) mkdirSync(join(resources, folder), { recursive: true })
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
  await page.screenshot({ path: join(resources, png), omitBackground: true })
}
await browser.close()
console.log(`${drawings.length} pictures in resources`)
