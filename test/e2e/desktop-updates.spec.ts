import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { controllerOf, expect, get, testOnOneApp as onOneApp, test } from '../electron/test.ts'

/** A feed as electron-builder publishes it, with one AppImage in it. */
async function serveFeed(
  version: string,
  appImage: string,
  announced = appImage,
): Promise<{ server: Server; url: string }> {
  const sha512 = createHash('sha512').update(announced).digest('base64')
  const feed = `version: ${version}
files:
  - url: app.AppImage
    sha512: ${sha512}
    size: ${appImage.length}
path: app.AppImage
sha512: ${sha512}
releaseDate: '2026-01-01T00:00:00.000Z'
releaseNotes: <p>Six new themes</p><ul><li>and a faster start</li></ul>
`
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '', 'http://feed').pathname
    if (path.endsWith('.yml')) response.end(feed)
    else if (path.endsWith('.AppImage')) response.end(appImage)
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise(ready => server.once('listening', ready))
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test.describe('updates, as an AppImage', () => {
  test.skip(
    process.platform !== 'linux' || process.arch !== 'x64',
    'the feed in this test is that of Linux on x64',
  )
  let feed: { server: Server; url: string }
  test.afterEach(() => feed.server.close())

  /** The installed AppImage is a script, and the new one writes down what it found of the one before when it was started. */
  const prepare = (folder: string) => {
    const [installed, started] = [join(folder, 'installed.AppImage'), join(folder, 'started')]
    writeFileSync(installed, '#!/bin/sh\n')
    chmodSync(installed, 0o755)
    return {
      installed,
      started,
      fresh: `#!/bin/sh
{ [ -e '${join(folder, 'stand-in.lock')}' ] && echo locked; curl -s "$(cat '${join(folder, 'url')}')/healthz"; } > '${started}.new'
mv '${started}.new' '${started}'
`,
    }
  }

  const environment = (folder: string, url: string) => {
    const config = join(folder, 'app-update.yml')
    writeFileSync(config, `provider: generic\nurl: ${url}\nupdaterCacheDirName: updates\n`)
    return { DEV_UPDATE_CONFIG: config, APPIMAGE: join(folder, 'installed.AppImage'), XDG_CACHE_HOME: folder }
  }

  test('are found with their notes, fetched and installed only when asked', async ({ launch, folder }) => {
    const { installed, started, fresh } = prepare(folder)
    feed = await serveFeed('99.0.0', fresh)
    const desktop = await launch({ userData: folder, env: environment(folder, feed.url) })
    const controller = await controllerOf(desktop)
    const found = await get(controller, 'updates.check')
    expect(found).toMatchObject({ state: 'available', version: '99.0.0' })
    expect(found.notes).toBe('Six new themes\n· and a faster start')
    expect(readFileSync(installed, 'utf8')).toBe('#!/bin/sh\n')
    expect(await get(controller, 'updates.download')).toMatchObject({ state: 'ready', percent: 100 })
    expect(existsSync(started)).toBe(false)
    writeFileSync(join(folder, 'url'), (await get(controller, 'server.status')).url)
    await get(controller, 'updates.install').catch(() => undefined)
    expect(await desktop.exited).toBe(0)
    await expect.poll(() => existsSync(started)).toBe(true)
    // It would have left at once, as the second of two, or with another port.
    expect(readFileSync(started, 'utf8')).toBe('')
  })

  test('that were tampered with are refused', async ({ launch, folder }) => {
    const { installed, fresh } = prepare(folder)
    feed = await serveFeed('99.0.0', fresh, `${fresh}# as it was published\n`)
    const desktop = await launch({ userData: folder, env: environment(folder, feed.url) })
    const controller = await controllerOf(desktop)
    await get(controller, 'updates.check')
    const failed = await get(controller, 'updates.download')
    expect(failed.state).toBe('failed')
    expect(failed.msg).toMatch(/sha512|checksum/i)
    expect(readFileSync(installed, 'utf8')).toBe('#!/bin/sh\n')
  })

  test('older versions are none', async ({ launch, folder }) => {
    const { fresh } = prepare(folder)
    feed = await serveFeed('0.0.1', fresh)
    const desktop = await launch({ userData: folder, env: environment(folder, feed.url) })
    expect(await get(await controllerOf(desktop), 'updates.check')).toMatchObject({ state: 'none' })
  })
})

onOneApp('without a feed the app says where new versions are', async ({ desktop, controller }) => {
  expect(await get(controller, 'updates.check')).toMatchObject({
    state: 'unsupported',
    msg: expect.stringContaining('download page'),
  })
  // Who asks by the menu gets an answer too.
  await desktop.evaluate(
    ({ Menu }) => void Menu.getApplicationMenu()?.getMenuItemById('menu.updates')?.click(),
    undefined,
  )
  const said = async () => (await desktop.calls('dialog.showMessageBox')).map(one => one.args[0])
  await expect
    .poll(said)
    .toEqual([expect.objectContaining({ message: expect.stringContaining('download page') })])
})
