/**
 * `node test/electron/run.ts out/main/index.js …` runs the built main bundle as Electron does: `electron` is answered by
 * ./stand-in/, the windows are pages of a real Chromium, and `ready` comes only after the bundle's own module has run to its end.
 * (An entry that awaits `app.whenReady()` at its top level hangs here as it hangs there.)
 */
import { enableCompileCache } from 'node:module'
import { pathToFileURL } from 'node:url'

// Playwright and these files take longer to compile than the whole app takes to start.
enableCompileCache()
const { launchElectron } = await import('./register.ts')

// Electron's own: the binary, the app, its arguments.
process.argv.splice(1, 1)
await import(pathToFileURL(process.argv[1] ?? '').href)
await launchElectron()
