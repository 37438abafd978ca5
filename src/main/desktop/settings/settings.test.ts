import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../preload/desktop-settings.ts'
import { readSettings, writeSettings } from './file.ts'
import { createSettingsStore } from './store.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'settings-'))
  path = join(folder, 'desktop.json')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('readSettings', () => {
  it('takes the defaults where there is no file', () => {
    expect(readSettings(path)).toEqual({ settings: DEFAULT_SETTINGS, putAside: undefined })
  })

  it('reads what was written', () => {
    const settings = { ...DEFAULT_SETTINGS, streamerOnly: true }
    writeSettings(path, settings)
    expect(readSettings(path)).toEqual({ settings, putAside: undefined })
  })

  it.each([
    ['half a file', '{"version": 1, "server', 'corrupt'],
    ['not an object', '[]', 'corrupt'],
    ['a wrong type', JSON.stringify({ ...DEFAULT_SETTINGS, streamerOnly: 'yes' }), 'corrupt'],
    ['an unknown key', JSON.stringify({ ...DEFAULT_SETTINGS, extra: 1 }), 'corrupt'],
    ['a newer version', JSON.stringify({ ...DEFAULT_SETTINGS, version: 2, extra: 1 }), 'newer'],
  ])('puts %s aside and takes the defaults', (_what, text, why) => {
    writeFileSync(path, text)
    const { settings, putAside } = readSettings(path)
    expect(settings).toEqual(DEFAULT_SETTINGS)
    expect(putAside?.why).toBe(why)
    expect(readFileSync(putAside?.keptAt ?? '', 'utf8')).toBe(text)
    expect(existsSync(path)).toBe(false)
  })

  it('keeps every file that was put aside', () => {
    for (let count = 0; count < 3; count += 1) {
      writeFileSync(path, `broken ${count}`)
      readSettings(path)
    }
    expect(readdirSync(folder)).toHaveLength(3)
  })

  it('fills what an earlier build of this version did not know', () => {
    const { updates: _updates, ...older } = DEFAULT_SETTINGS
    const { captions: _captions, ...obs } = DEFAULT_SETTINGS.obs
    writeFileSync(path, JSON.stringify({ ...older, obs: { ...obs, port: 4466 } }))
    const { settings, putAside } = readSettings(path)
    expect(putAside).toBeUndefined()
    expect(settings.updates).toEqual(DEFAULT_SETTINGS.updates)
    expect(settings.obs).toEqual({ ...DEFAULT_SETTINGS.obs, port: 4466 })
  })

  it('fills it in lists too: an overlay without a name, a scene without a room', () => {
    const [{ name: _name, ...overlay }] = DEFAULT_SETTINGS.overlays as [
      (typeof DEFAULT_SETTINGS.overlays)[number],
    ]
    const scene = { scene: 'Talk', theme: 'chat', variant: '', layout: '', stage: '' }
    const obs = { ...DEFAULT_SETTINGS.obs, scenes: [scene] }
    writeFileSync(path, JSON.stringify({ ...DEFAULT_SETTINGS, overlays: [overlay], obs }))
    const { settings, putAside } = readSettings(path)
    expect(putAside).toBeUndefined()
    expect(settings.overlays).toEqual(DEFAULT_SETTINGS.overlays)
    expect(settings.obs.scenes).toEqual([{ ...scene, room: '' }])
    expect(DEFAULT_SETTINGS.obs.scenes).toEqual([])
  })

  it('leaves a file that it may not open where it is', () => {
    expect(readSettings(folder)).toEqual({
      settings: DEFAULT_SETTINGS,
      putAside: { why: 'unreadable', keptAt: '' },
    })
  })
})

describe('the store', () => {
  it('tells its followers at once and writes once', () => {
    const waiting: (() => void)[] = []
    const store = createSettingsStore({
      path,
      initial: DEFAULT_SETTINGS,
      onWriteFailure: reason => expect.unreachable(reason),
      later: run => waiting.push(run),
    })
    const seen: boolean[] = []
    const stop = store.follow(settings => seen.push(settings.streamerOnly))
    store.patch({ streamerOnly: true, general: { room: 'den' } })
    store.patch({ obs: { port: 1234 }, streamerOnly: undefined })
    stop()
    store.change({ streamerOnly: false })
    expect(seen).toEqual([true, true])
    expect(waiting).toHaveLength(1)
    for (const run of waiting) run()
    const { settings } = readSettings(path)
    expect([settings.streamerOnly, settings.general.room, settings.obs.port]).toEqual([false, 'den', 1234])
    expect(settings.general.language).toBe('')
  })

  it('leaves a file that could not be opened as it is', () => {
    writeFileSync(path, 'of another user')
    const failures: string[] = []
    const store = createSettingsStore({
      path,
      initial: DEFAULT_SETTINGS,
      mayWrite: false,
      onWriteFailure: reason => failures.push(reason),
      later: run => run(),
    })
    store.patch({ streamerOnly: true })
    store.flush()
    expect(failures).toEqual(['file-closed'])
    expect(readFileSync(path, 'utf8')).toBe('of another user')
    expect(store.get().streamerOnly).toBe(true)
  })

  it('says once that the file cannot be written, and goes on', () => {
    const failures: string[] = []
    const store = createSettingsStore({
      path: join(folder, 'desktop.json', 'nowhere'),
      initial: DEFAULT_SETTINGS,
      onWriteFailure: reason => failures.push(reason),
      later: () => undefined,
    })
    writeFileSync(path, '')
    store.patch({ streamerOnly: true })
    store.flush()
    store.flush()
    expect(failures).toHaveLength(1)
    expect(store.get().streamerOnly).toBe(true)
  })
})
