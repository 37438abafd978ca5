import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

/** Open files that 20,000 streams and a server need. */
const OPEN_FILES = 24_000

/** Starts Node with as many open files as the system lets us have. */
export function startNode(
  args: string[],
  options: { cwd?: string; env?: Record<string, string | undefined> } = {},
): ChildProcess {
  const raise = `ulimit -n ${OPEN_FILES} 2>/dev/null; exec "$0" "$@"`
  return spawn('/bin/sh', ['-c', raise, process.execPath, ...args], {
    ...options,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

/** @returns how many streams a server can have here, up to `wanted`: a stream is an open file. */
export function possibleStreams(wanted: number): number {
  if (process.getuid?.() === 0 && canRaise()) return wanted
  const hard = /^Max open files\s+\d+\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]
  return Math.min(wanted, Number(hard ?? Number.POSITIVE_INFINITY) - 200)
}

function canRaise(): boolean {
  return spawnSync('/bin/sh', ['-c', `ulimit -n ${OPEN_FILES}`], { stdio: 'ignore' }).status === 0
}

/** @returns the first group of the first line that fits. @throws where the process ends before. */
export function firstLine(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', line => {
      const match = pattern.exec(line)
      if (match) resolve(match[1]!)
    })
    child.once('error', reject)
    child.once('exit', code => reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}`)))
  })
}

export async function stopProcess(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}
