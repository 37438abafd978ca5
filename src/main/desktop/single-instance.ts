import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/**
 * Whether this process is the one that runs the app; else the one that does was told of this one's arguments and comes to the front.
 *
 * Electron answers the same where the lock cannot be made. A folder that cannot be written has no other instance in it, and an app that
 * quits without a word is no answer to it.
 */
export function isFirstInstance(userData: string): boolean {
  return app.requestSingleInstanceLock() || !canWrite(userData)
}

function canWrite(folder: string): boolean {
  const probe = join(folder, `probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
    return true
  } catch {
    return false
  }
}
