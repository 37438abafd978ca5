import { spawn } from 'node:child_process'
import { app } from 'electron'

/**
 * Replaces this process by a new one with other arguments. Not by `app.relaunch`: its helper would run from inside an AppImage's
 * mount, which goes away with this process; the AppImage itself does not.
 */
export function startAgain(args: string[]): void {
  const child = spawn(process.env.APPIMAGE ?? process.execPath, args, { detached: true, stdio: 'inherit' })
  child.unref()
  app.exit(0)
}
