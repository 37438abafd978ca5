import { app } from 'electron'
import { startDesktop } from './desktop/desktop.ts'
import { catchLinks } from './desktop/links-in.ts'
import { preparePaths } from './desktop/paths.ts'
import { readSettings } from './desktop/settings/file.ts'
import { startAgain } from './desktop/start-again.ts'
import { argumentsForDisplayServer, setSwitches } from './desktop/switches.ts'

/** Electron's entry: what must be done before Electron is ready, then the app itself, once. */
const paths = preparePaths()
const loaded = readSettings(paths.settings)
const again = argumentsForDisplayServer(process.argv, process.env, process.platform, loaded.settings)
if (again) startAgain(again)
else await start()

async function start(): Promise<void> {
  setSwitches(app.commandLine, process.platform)
  const links = catchLinks(process.argv)
  // The first instance is told of the second one's arguments and comes to the front.
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  await app.whenReady()
  await startDesktop(paths, loaded, links)
}
