import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium } from '@playwright/test'
import { makeIcns, makeIco, type Picture } from './icon-files.ts'

/**
 * `node scripts/icons.ts`: draws the PNGs in resources from the SVGs there, and puts them into icon.ico and icon.icns: each size is
 * drawn, none is made smaller. Run it after changing the SVGs; all is kept in the repository, as a build needs no browser.
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
const pictures: Picture[] = []
for (const [svg, png, size] of drawings) {
  await page.setViewportSize({ width: size, height: size })
  const image = Buffer.from(readFileSync(join(resources, svg))).toString('base64')
  await page.setContent(
    `<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="data:image/svg+xml;base64,${image}">`,
  )
  await page.locator('img').evaluate((element: HTMLImageElement) => element.decode())
  const drawn = await page.screenshot({ path: join(resources, png), omitBackground: true })
  if (svg === 'icon.svg') pictures.push({ pixels: size, png: drawn, rgba: await pixelsOf(drawn) })
}
await browser.close()
pictures.sort((a, b) => a.pixels - b.pixels)
writeFileSync(join(resources, 'icon.ico'), makeIco(pictures.filter(one => one.pixels <= 256)))
writeFileSync(join(resources, 'icon.icns'), makeIcns(pictures))
console.log(`${drawings.length} pictures in resources, and the icons of Windows and macOS`)

/** The browser unpacks what it has drawn. */
async function pixelsOf(png: Buffer): Promise<Uint8Array> {
  const values = await page.evaluate(async base64 => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob())
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
    context?.drawImage(picture, 0, 0)
    return [...(context?.getImageData(0, 0, picture.width, picture.height).data ?? [])]
  }, png.toString('base64'))
  return Uint8Array.from(values)
}
