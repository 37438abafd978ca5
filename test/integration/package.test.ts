import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { Arch, build, Platform } from 'electron-builder'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { launchDesktop } from '../electron/driver.ts'
import { copyProject, makeStandInDist, readFuses } from '../package/stand-in-dist.ts'

const root = resolve(import.meta.dirname, '../..')
const { version } = createRequire(import.meta.url)('electron/package.json') as { version: string }

/** The real configuration, packaged for this system from a stand-in of Electron's distribution. Needs `npm run build`. */
describe.runIf(process.platform === 'linux')('the package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'))
  const app = join(
    folder,
    'dist',
    process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`,
  )
  let files: string[] = []

  beforeAll(async () => {
    expect(existsSync(join(root, 'out/main/index.js'))).toBe(true)
    copyProject(root, join(folder, 'project'))
    makeStandInDist(join(folder, 'electron'), version)
    await build({
      projectDir: join(folder, 'project'),
      targets: Platform.LINUX.createTarget('dir', process.arch === 'arm64' ? Arch.arm64 : Arch.x64),
      publish: 'never',
      config: { electronDist: join(folder, 'electron'), directories: { output: join(folder, 'dist') } },
    })
    files = listPackage(join(app, 'resources/app.asar'), { isPack: false }).map(path => path.slice(1))
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has the bundles, the pages and the two native modules', () => {
    expect(files).toEqual(
      expect.arrayContaining(['package.json', 'out/main/index.js', 'out/preload/controller.cjs']),
    )
    expect(files).toEqual(
      expect.arrayContaining(['out/renderer/player/index.html', 'out/renderer/controller/index.html']),
    )
    const native = files.filter(path => path.endsWith('.node'))
    expect(native.filter(path => path.includes('better-sqlite3'))).toEqual([
      `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`,
    ])
    expect(native.some(path => path.includes('argon2'))).toBe(true)
    // For this system and processor, and no other.
    expect(native.filter(path => !path.includes(`linux-${process.arch}`))).toEqual([])
  })

  it('unpacks native code, which cannot be loaded from an archive', () => {
    const unpacked = readdirSync(join(app, 'resources/app.asar.unpacked'), { recursive: true }).map(String)
    for (const path of files.filter(one => one.endsWith('.node'))) expect(unpacked).toContain(path)
  })

  it('has nothing else: no sources, maps, other platforms or second Node', () => {
    const top = new Set(files.map(path => path.split('/')[0]))
    expect([...top].sort()).toEqual(['node_modules', 'out', 'package.json'])
    const modules = files.filter(
      path => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !/^node_modules\/@[^/]+$/.test(path),
    )
    expect(modules.filter(path => !/better-sqlite3|@node-rs\/argon2/.test(path))).toEqual([])
    const unwanted = files.filter(
      path => /\.(map|ts|cpp|h|c|gyp|md)$/.test(path) || /\/(deps|src)\//.test(path),
    )
    expect(unwanted).toEqual([])
    expect(files.some(path => path.includes('out/client') || path.includes('headless'))).toBe(false)
  })

  it('lacks nothing: the app starts from what was packed, away from every other module, and serves its pages', async () => {
    const unpacked = join(folder, 'unpacked')
    extractAll(join(app, 'resources/app.asar'), unpacked)
    for (const name of ['tray', 'icons'])
      cpSync(join(app, 'resources', name), join(unpacked, 'resources', name), { recursive: true })
    const desktop = await launchDesktop({ app: unpacked, args: ['--hidden'], env: { LOG_LEVEL: 'error' } })
    try {
      const address = async () => {
        const [tip] = await desktop.calls('Tray.setToolTip')
        return /http:\S+/.exec(String(tip?.args[0]))?.[0]
      }
      await expect.poll(address, { timeout: 20_000 }).toBeDefined()
      const statuses = ['/', '/admin', '/quick', '/docs', '/api/v1/rooms/lobby/events'].map(async path => {
        const answer = await fetch(`${await address()}${path}`)
        await answer.body?.cancel()
        return answer.status
      })
      expect(await Promise.all(statuses)).toEqual([200, 200, 200, 200, 200])
      expect(desktop.output()).toBe('')
    } finally {
      await desktop.close()
    }
  }, 60_000)

  it('goes by one name: of the bundle, of the windows, and of the entry that desktops on Linux know', () => {
    const { desktopName } = JSON.parse(
      extractFile(join(app, 'resources/app.asar'), 'package.json').toString(),
    )
    const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
    expect(desktopName).toBe(`${config.appId}.desktop`)
    expect(config.linux.syncDesktopName).toBe(true)
    // A D-Bus name: portals take no other.
    expect(config.appId).toMatch(/^([a-z][a-z\d]*\.)+[a-z][a-z\d-]*$/)
  })

  it('brings the tray images and the icon beside the archive', () => {
    expect(readdirSync(join(app, 'resources/tray'))).toContain('tray@2x.png')
    expect(readdirSync(join(app, 'resources/icons'))).toEqual(['256x256.png'])
  })

  it('has the fuses set in the binary itself', () => {
    // In Electron's order: run as Node, cookie encryption, NODE_OPTIONS, --inspect, asar integrity, only from asar,
    // browser snapshot, file protocol.
    expect(readFuses(readFileSync(join(app, 'streaming-message'))).slice(0, 8)).toBe('01001100')
  })
})
