import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { resolve } from 'node:path'
import { isStale } from './stale.ts'

export const root = resolve(import.meta.dirname, '..')

const ENDINGS = ['SIGINT', 'SIGTERM'] as const

/**
 * Runs a program in the project's folder, on this terminal. Whoever ends this process ends the program, and this process with
 * it: nothing that would have come after it is begun.
 * @returns its exit code; 128 and the signal's number where a signal ended it, 1 where it could not be started
 */
export function run(command: string, args: readonly string[], env = process.env): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
  let told = false
  const pass = (signal: NodeJS.Signals) => {
    told = true
    child.kill(signal)
  }
  for (const signal of ENDINGS) process.on(signal, pass)
  return new Promise(done => {
    const end = (code: number) => {
      for (const signal of ENDINGS) process.off(signal, pass)
      if (told) process.exit(code)
      done(code)
    }
    child.once('error', () => end(1))
    child.once('exit', (code, signal) => end(code ?? 128 + constants.signals[signal!]))
  })
}

/** Milliseconds between two looks whether npm is still there. */
const LOOK = 500

/**
 * Ends this script with the npm that runs it. npm hands SIGTERM to its shell only, and that ends without a word: what it ran
 * would go on, and keep its port.
 */
export function endWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return
  const shell = process.ppid
  setInterval(() => {
    if (process.ppid !== shell) process.kill(process.pid, 'SIGTERM')
  }, LOOK).unref()
}

/**
 * What Node is told for the server. V8 lets the space for new objects grow to 2 x 32 MiB while ten thousand streams are
 * opened, and keeps it until the server has been idle for a while: by then that is more than the streams themselves need.
 * At 2 x 16 MiB, which is what Electron has, publishing costs the same.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=16']

/** Runs the built server without Electron. @returns its exit code */
export function serve(args: readonly string[]): Promise<number> {
  return run(process.execPath, [...SERVER_FLAGS, resolve(root, 'out/main/headless.js'), ...args])
}

/** Builds `out/` where it is not from what lies here now. Ends this process where that fails. */
export async function buildIfStale(): Promise<void> {
  if (isStale()) await runOrExit('scripts/build.ts')
}

/** Runs a script of ours; ends this process where that fails. */
export async function runOrExit(script: string): Promise<void> {
  const code = await run(process.execPath, [resolve(root, script)])
  if (code !== 0) process.exit(code)
}
