import { fetchElectron, installedElectron } from './electron-binary.ts'
import { buildIfStale, endWithNpm, root, run, serve } from './run.ts'

/**
 * `npm start`: builds what is stale, then opens the desktop app; where that cannot be, it says why in one line and serves
 * headless, so that the main job always runs.
 */
const args = process.argv.slice(2)
/** An end sooner than this was no use of the app but a failed start. */
const FAILED_START_MS = 10_000

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** @returns why there is no desktop app; undefined once it was used and closed */
async function openDesktop(): Promise<string | undefined> {
  if (!hasDisplay()) return 'There is no display here'
  const electron = installedElectron() ?? (await fetchElectron())
  if (!electron) return 'The Electron binary is missing (try: npx install-electron)'
  const started = Date.now()
  // Chromium refuses to run as root with its sandbox.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  // The app would start itself again under XWayland (src/main/desktop/switches.ts) and leave this terminal.
  const chosen = args.some(one => one.startsWith('--ozone-platform='))
  const onX11 = process.platform === 'linux' && process.env.DISPLAY && !chosen ? ['--ozone-platform=x11'] : []
  const code = await run(electron, [root, ...asRoot, ...onX11, ...args])
  const failed = code !== 0 && Date.now() - started < FAILED_START_MS
  return failed ? `Electron could not start (code ${code})` : undefined
}

endWithNpm()
await buildIfStale()
const reason = await openDesktop()
if (reason === undefined) process.exit(0)
console.log(`${reason}: serving without the desktop app.`)
process.exit(await serve(args))
