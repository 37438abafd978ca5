import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

let files = 0

/** What a Node server is started with so that {@link readLoopDelay} can ask it. */
export function withLoopDelay(): { file: string; nodeOptions: string[]; env: Record<string, string> } {
  const file = join(tmpdir(), `loop-delay-${process.pid}-${files++}.json`)
  return {
    file,
    nodeOptions: ['--import', resolve(import.meta.dirname, 'loop-delay.mjs')],
    env: { LOOP_DELAY_FILE: file },
  }
}

/** @returns how late the event loop of the process was since it was asked last, in ms. */
export async function readLoopDelay(file: string, pid: number): Promise<{ p99: number; max: number }> {
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    if (text.endsWith('}')) {
      rmSync(file)
      return JSON.parse(text)
    }
    await wait(20)
  }
}
