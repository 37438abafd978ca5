import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, chromium, type Page } from '@playwright/test'
import type * as Electron from 'electron'
import { installedElectron } from '../../scripts/electron-binary.ts'
import { writeSettings } from '../../src/main/desktop/settings/file.ts'
import { DEFAULT_SETTINGS, type DesktopSettings } from '../../src/preload/desktop-settings.ts'
import { type Chromium, SHARED_BROWSER } from './chromium.ts'
import type { Answer } from './control.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const RECORD = join(import.meta.dirname, 'record.cjs')

/** One call that main made to the operating system, as record.cjs wrote it down. */
export interface RecordedCall {
  call: string
  args: unknown[]
  window?: number
}

/** The desktop app under test: real Electron where its binary is installed, else the stand-in. */
export interface Desktop {
  kind: 'electron' | 'stand-in'
  userData: string
  /** Runs `ask` in the main process. It is sent as text: it may use its arguments and `osRecord` only. */
  evaluate<T, A>(ask: (electron: typeof Electron, arg: A) => T | Promise<T>, arg: A): Promise<T>
  /** The page whose address fits; waits for it. */
  window(fits: (url: URL) => boolean): Promise<Page>
  windows(): Page[]
  calls(name: string): Promise<RecordedCall[]>
  /** What main printed. */
  output(): string
  exited: Promise<number | null>
  /** Quits as a user does. The folder stays if it was given. */
  close(): Promise<void>
}

export interface DesktopOptions {
  userData?: string
  /** Changes to the default settings, written before the start. */
  settings?: Partial<DesktopSettings>
  args?: string[]
  env?: Record<string, string>
  /** The app's folder, with its package.json and `out`; this one's without. */
  app?: string
  /** Where the stand-in opens its windows; a browser of its own without. */
  chromium?: Chromium | undefined
}

export const electronPath = installedElectron()
export const runsOn = electronPath ? 'real Electron' : 'the stand-in for Electron'

export async function launchDesktop(options: DesktopOptions = {}): Promise<Desktop> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'streaming-message-'))
  if (options.settings)
    writeSettings(join(userData, 'desktop.json'), { ...DEFAULT_SETTINGS, ...options.settings })
  const launched = electronPath
    ? await launchElectron(electronPath, userData, options)
    : await launchStandIn(userData, options)
  return {
    ...launched,
    userData,
    close: async () => {
      await launched.close()
      if (!options.userData) rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Launched = Omit<Desktop, 'userData'>

function environment(options: DesktopOptions): Record<string, string> {
  const inherited = Object.fromEntries(Object.entries(process.env).map(([key, value]) => [key, value ?? '']))
  const shared = options.chromium && { [SHARED_BROWSER]: options.chromium.endpoint }
  return { ...inherited, PORT: '0', ...shared, ...options.env }
}

async function launchElectron(
  executablePath: string,
  userData: string,
  options: DesktopOptions,
): Promise<Launched> {
  const args = [
    '-r',
    RECORD,
    options.app ?? ROOT,
    `--user-data-dir=${userData}`,
    '--no-sandbox',
    ...(options.args ?? []),
  ]
  const app = await _electron.launch({ executablePath, args, cwd: ROOT, env: environment(options) })
  const output = collect(app.process())
  const exited = exitOf(app.process())
  const evaluate = ((ask: never, arg: never) => app.evaluate(ask, arg)) as Desktop['evaluate']
  const windows = () => app.windows()
  return {
    kind: 'electron',
    evaluate,
    windows,
    window: fits => findWindow(windows, fits, output),
    calls: name => callsOf(evaluate, name),
    output,
    exited,
    close: () => app.close(),
  }
}

async function launchStandIn(userData: string, options: DesktopOptions): Promise<Launched> {
  // In a shared browser: what an app before this one has not quite closed yet.
  const ofOthers = new Set(options.chromium?.context.pages())
  const root = options.app ?? ROOT
  const child = fork(
    join(import.meta.dirname, 'run.ts'),
    [join(root, 'out/main/index.js'), `--user-data-dir=${userData}`, ...(options.args ?? [])],
    { cwd: root, env: environment(options), silent: true },
  )
  const output = collect(child)
  const exited = exitOf(child)
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const endpoint = new Promise<string>(found => {
    child.on('message', (answer: Answer) => {
      if ('endpoint' in answer) return found(answer.endpoint)
      const asked = waiting.get(answer.id)
      waiting.delete(answer.id)
      if (answer.error === undefined) asked?.resolve(answer.value)
      else asked?.reject(new Error(answer.error))
    })
  })
  const ended = exited.then(code => {
    for (const { reject } of waiting.values()) reject(new Error(`the app ended (${code})`))
    return undefined
  })
  let asked = 0
  const evaluate = ((ask: object, arg: unknown) =>
    new Promise((resolve, reject) => {
      const id = ++asked
      waiting.set(id, { resolve, reject })
      child.send({ id, source: String(ask), arg }, error => error && reject(error))
    })) as Desktop['evaluate']
  // A second instance ends before it has a window.
  const address = await Promise.race([endpoint, ended])
  const browser =
    address === undefined || options.chromium ? undefined : await chromium.connectOverCDP(address)
  const contexts = () => browser?.contexts() ?? (options.chromium ? [options.chromium.context] : [])
  const windows = () =>
    contexts()
      .flatMap(context => context.pages())
      .filter(page => !ofOthers.has(page))
  return {
    kind: 'stand-in',
    evaluate,
    windows,
    window: fits => findWindow(windows, fits, output),
    calls: name => callsOf(evaluate, name),
    output,
    exited,
    async close() {
      child.kill('SIGTERM')
      await exited
      await browser?.close().catch(() => undefined)
    },
  }
}

function collect(child: ChildProcess): () => string {
  let text = ''
  const add = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return () => text
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise(done => child.once('exit', code => done(code)))
}

async function findWindow(
  windows: () => Page[],
  fits: (url: URL) => boolean,
  output: () => string,
): Promise<Page> {
  const deadline = Date.now() + 20_000
  for (;;) {
    const found = windows().find(page => URL.canParse(page.url()) && fits(new URL(page.url())))
    if (found) return found
    if (Date.now() > deadline) {
      throw new Error(`no such window; open are ${windows().map(page => page.url())}\n${output()}`)
    }
    await new Promise(soon => setTimeout(soon, 25))
  }
}

function callsOf(evaluate: Desktop['evaluate'], name: string): Promise<RecordedCall[]> {
  return evaluate((_electron, wanted) => {
    const { calls } = (globalThis as unknown as { osRecord: { calls: RecordedCall[] } }).osRecord
    return calls.filter(one => one.call === wanted)
  }, name)
}
