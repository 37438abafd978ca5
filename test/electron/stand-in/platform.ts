import { createRequire } from 'node:module'

/** `darwin`, `win32` or `linux`: lets the app believe that it runs there, for what it then asks of the system. */
export const PLATFORM = 'STAND_IN_PLATFORM'

/** To be called before anything of the app runs. */
export function becomePlatform(): void {
  const platform = process.env[PLATFORM]
  if (!platform) return
  // What is native runs on this machine all the same, so it is loaded while the machine is still known by its own name.
  const require = createRequire(import.meta.url)
  ;new (require('better-sqlite3'))(':memory:').close()
  require('@node-rs/argon2')
  Object.defineProperty(process, 'platform', { value: platform })
}
