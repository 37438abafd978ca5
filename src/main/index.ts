import { app } from 'electron'
import { startDesktop } from './desktop/desktop.ts'
import { preparePaths } from './desktop/paths.ts'
import { readSettings } from './desktop/settings/file.ts'
import { setSwitches } from './desktop/switches.ts'

/** Electron's entry: what must be done before Electron is ready, then the app itself, once. */
const paths = preparePaths()
const loaded = readSettings(paths.settings)
setSwitches(app.commandLine, process.platform, loaded.settings)

// The first instance is told of the second one's arguments (desktop.ts) and comes to the front.
if (app.requestSingleInstanceLock()) {
  await app.whenReady()
  await startDesktop(paths, loaded)
} else {
  app.quit()
}
