import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { isStale } from './stale.ts'

export const root = resolve(import.meta.dirname, '..')

/** Runs a program in the project's folder, on this terminal; it gets the signals that end this process. @returns its exit code */
export function run(command: string, args: readonly string[], env = process.env): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise(done => {
    child.once('error', () => done(1))
    child.once('exit', (code, signal) => done(code ?? (signal ? 0 : 1)))
  })
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
