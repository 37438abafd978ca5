import { spawn } from 'node:child_process'
import { app } from 'electron'
import { executable } from './executable.ts'

/**
 * Replaces this process by a new one with other arguments. Not by `app.relaunch`: its helper would run from inside an AppImage's
 * mount, which goes away with this process; the AppImage itself does not.
 *
 * @param otherwise goes on in this process, where no other can be started
 */
export function startAgain(args: string[], otherwise: () => void): void {
  const child = spawn(executable(), args, { detached: true, stdio: 'inherit' })
  child.once('error', otherwise)
  child.once('spawn', () => {
    child.unref()
    app.exit(0)
  })
}
