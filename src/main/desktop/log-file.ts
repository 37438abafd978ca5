import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

export interface LogFile {
  folder: string
  write(text: string): void
  /** The newest lines, for a bug report. */
  tail(lines: number): string
}

const MAX_BYTES = 1_048_576
const KEPT = 3

/**
 * `main.log` in `folder`, and three older ones of 1 MiB each. Writing is synchronous: the last line before a crash is the one
 * that is wanted, and there are few. A folder that cannot be written costs the log and nothing else.
 */
export function openLogFile(folder: string, now: () => Date = () => new Date()): LogFile {
  const path = join(folder, 'main.log')
  let broken = false

  function write(text: string): void {
    if (broken) return
    try {
      mkdirSync(folder, { recursive: true })
      if (existsSync(path) && statSync(path).size > MAX_BYTES) rotate(path)
      appendFileSync(path, `${now().toISOString()} ${text.replaceAll('\n', '\n  ')}\n`)
    } catch (error) {
      broken = true
      console.error(`the log cannot be written: ${(error as Error).message}`)
    }
  }

  function tail(lines: number): string {
    try {
      return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
    } catch {
      // None yet, or one that cannot be read: the rest of a bug report is worth having.
      return ''
    }
  }

  return { folder, write, tail }
}

function rotate(path: string): void {
  for (let age = KEPT; age > 0; age -= 1) {
    const younger = age === 1 ? path : `${path}.${age - 1}`
    if (existsSync(younger)) renameSync(younger, `${path}.${age}`)
  }
}
