import { app, dialog } from 'electron'
import { startDesktop } from './desktop/desktop.ts'
import { catchLinks } from './desktop/links-in.ts'
import { preparePaths } from './desktop/paths.ts'
import { readSettings } from './desktop/settings/file.ts'
import { isFirstInstance } from './desktop/single-instance.ts'
import { startAgain } from './desktop/start-again.ts'
import { argumentsForDisplayServer, setSwitches } from './desktop/switches.ts'

/**
 * Electron's entry: what must be done before Electron is ready, then the app itself, once. Electron is ready only after this module
 * has run to its end, so nothing here may await that at the top level: both would wait for each other.
 */
const paths = preparePaths()
const loaded = readSettings(paths.settings)
const again = argumentsForDisplayServer(process.argv, process.env, process.platform, loaded.settings)
if (again) startAgain(again, start)
else start()

function start(): void {
  setSwitches(app.commandLine, process.platform)
  const links = catchLinks(process.argv)
  if (!isFirstInstance(paths.userData)) {
    app.quit()
    return
  }
  app
    .whenReady()
    .then(() => startDesktop(paths, loaded, links))
    .catch(error => {
      // Without windows or a tray icon it would go on unseen.
      console.error(error)
      dialog.showErrorBox(
        app.getName(),
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      )
      app.exit(1)
    })
}
