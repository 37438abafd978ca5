import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { BRIDGE_ERRORS, type BridgeName, type BridgeWindow, bridge } from '../../src/preload/bridge.ts'
import { DEFAULT_OVERLAY, DEFAULT_SETTINGS } from '../../src/preload/desktop-settings.ts'
import { askAsPreload } from '../electron/isolated-world.ts'
import { controllerOf, expect, get, overlayOf, press, test } from '../electron/test.ts'

/** Inputs that are almost right, so that what a handler does with them is reached too. */
const ALMOST: Partial<Record<BridgeName, object>> = {
  'app.openLink': { url: 'https://example.com/' },
  'notices.dismiss': { id: 1 },
  'settings.change': {
    general: DEFAULT_SETTINGS.general,
    obs: DEFAULT_SETTINGS.obs,
    updates: DEFAULT_SETTINGS.updates,
    phrases: [{ accelerator: 'Ctrl+Alt+1', speaker: '', text: 'x' }],
    streamerOnly: false,
  },
  'server.change': { lan: false, port: 70_000 },
  'overlay.add': { room: 'lobby' },
  'overlay.remove': { id: 'overlay-2' },
  'overlay.change': { id: 'overlay-1', change: { ...DEFAULT_OVERLAY, id: undefined, places: undefined } },
  'overlay.edit': { id: 'overlay-1', on: true },
  'overlay.reset': { id: 'overlay-1' },
  'shortcuts.set': { action: 'line.next', accelerator: 'Alt+F2' },
  'shortcuts.pause': { on: false },
  'obs.connect': { password: 'x' },
  'obs.putSource': { scene: 'Game', room: 'lobby' },
  'obs.setScenes': {
    scenes: [{ scene: 'Game', room: '', theme: '', variant: '', layout: '', stage: '' }],
  },
  'quick.send': { text: 'x', speaker: 'y' },
  'frame.drag': { handle: 'move', dx: 10, dy: -10, snap: true },
  'frame.adjust': { what: 'zoom', step: 1 },
}

/** What a page can put through the bridge: everything that can be copied. */
const anything = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: false })
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom('', '../x', '__proto__', 'overlay-1'),
)
const number = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -1, 0.5, 2 ** 31, 2 ** 53, 1e200, -1e200, Number.NaN),
)

/** The same shape with one value in it replaced. */
function mutate(value: unknown): fc.Arbitrary<unknown> {
  const other = fc.oneof(anything, text, number)
  if (Array.isArray(value)) {
    return fc.oneof(other, fc.array(mutate(value[0]), { maxLength: 130 }))
  }
  // Of the right kind, but perhaps beyond what is meant, as often as of another kind.
  if (typeof value === 'number') return fc.oneof(number, other)
  if (typeof value === 'string') return fc.oneof(text, other)
  if (typeof value !== 'object' || value === null) return other
  const keys = Object.keys(value).filter(key => value[key as never] !== undefined)
  const one = fc
    .constantFrom(...keys)
    .chain(key => mutate(value[key as never]).map(changed => ({ ...value, [key]: changed })))
  const fewer = fc.subarray(keys).map(kept => Object.fromEntries(kept.map(key => [key, value[key as never]])))
  return fc.oneof({ weight: 4, arbitrary: one }, fewer, fc.constant({ ...value, extra: 1 }))
}

/** With the right input these end what is tested here: the server starts anew, the app quits, the window closes. */
const ENDS: ReadonlySet<BridgeName> = new Set([
  'server.change',
  'server.chooseDataDir',
  'updates.install',
  'frame.done',
])

function callsFor(window: BridgeWindow, seed: number): [BridgeName, unknown][] {
  const names = (Object.keys(bridge) as BridgeName[]).filter(name => bridge[name].from === window)
  return names.flatMap(name => {
    const almost = ALMOST[name]
    const inputs = almost ? fc.oneof(anything, mutate(almost)) : anything
    // Each of these that is right opens windows, or waits for somebody to answer.
    const numRuns = /^(overlay|obs)\./.test(name) ? 12 : 40
    const drawn = fc.sample(inputs, { seed, numRuns })
    const taken = ENDS.has(name)
      ? drawn.filter(one => !bridge[name].input.safeParse(one ?? undefined).success)
      : drawn
    return taken.map((input): [BridgeName, unknown] => [name, input])
  })
}

function expectTyped([name, input]: [BridgeName, unknown], answer: unknown): void {
  const given = `${name}(${fc.stringify(input)})`
  const { ok, value, code, msg } = (answer ?? {}) as Record<string, unknown>
  if (ok === true) {
    const parsed = bridge[name].output.safeParse(value)
    expect(parsed.success, `${given} answered ${fc.stringify(value)}`).toBe(true)
    return
  }
  expect(ok, given).toBe(false)
  expect(typeof msg, given).toBe('string')
  expect(BRIDGE_ERRORS, given).toContain(code)
  expect(code, `${given}: ${msg}`).not.toBe('internal')
}

test('whatever a page asks, the app answers by the table and goes on', async ({ launch }) => {
  test.slow()
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
  console.log(`bridge fuzz: FUZZ_SEED=${seed}`)
  const desktop = await launch()
  const controller = await controllerOf(desktop)
  await get(controller, 'overlay.edit', { id: 'overlay-1', on: true })
  const overlay = await overlayOf(desktop)
  await overlay.locator('overlay-frame').waitFor()
  await expect.poll(() => press(desktop, 'CommandOrControl+Shift+F6')).toBe(true)
  const quick = await desktop.window(url => url.pathname === '/quick')

  if (desktop.kind === 'stand-in') {
    const calls = callsFor('overlay', seed).map(([name, input]): [BridgeName, unknown] => [
      name,
      JSON.parse(JSON.stringify(input, plain) ?? '""'),
    ])
    const answers = await askAsPreload(overlay, calls)
    for (const [index, call] of calls.entries()) expectTyped(call, answers[index])
  }
  for (const [page, role] of [
    [quick, 'quick'],
    [controller, 'controller'],
  ] as const) {
    const calls = callsFor(role, seed)
    expect(calls.length).toBeGreaterThan(100)
    const answers = await page.evaluate(async all => {
      const call = window.desktop?.call as unknown as (name: string, input: unknown) => Promise<unknown>
      return Promise.all(all.map(([name, input]) => call(name as string, input)))
    }, calls)
    for (const [index, call] of calls.entries()) expectTyped(call, answers[index])
  }

  // What can't be copied is refused before it leaves the page.
  const uncopied = await controller.evaluate(() => {
    const call = window.desktop?.call as unknown as (name: unknown, input: unknown) => Promise<unknown>
    return Promise.all(
      [{ id: () => 1 }, [document.body], Symbol('x')].map(async one => {
        try {
          return await call('overlay.remove', one)
        } catch (error) {
          return String(error)
        }
      }),
    )
  })
  for (const one of uncopied) expect(JSON.stringify(one)).toMatch(/invalid-input|not-found|cloned/)

  expect((await get(controller, 'server.status')).state).toBe('running')
  expect((await get(controller, 'notices.list')).map(one => one.code)).not.toContain('crash')
  expect(readFileSync(join(desktop.userData, 'logs/main.log'), 'utf8')).not.toMatch(
    /uncaught|bridge: \S+ failed/,
  )
})

/** JSON has no word for these. */
function plain(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : (value ?? '')
}
