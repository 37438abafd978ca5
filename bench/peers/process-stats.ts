import { readFileSync } from 'node:fs'

/** Clock ticks a second, as Linux reports CPU time to programs on every architecture that we run on. */
const TICKS = 100

/** @returns the process' CPU time so far, user and system, in milliseconds (Linux). */
export function cpuTime(pid: number): number {
  // The name in parentheses may hold spaces; what follows it does not.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS
}

/** @returns the process' resident memory in bytes (Linux). */
export function residentMemory(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kib) * 1024
}
