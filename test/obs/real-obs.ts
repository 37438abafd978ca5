import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/ports.ts'

export const OBS = '/usr/bin/obs'
export const hasObs = existsSync(OBS) && existsSync('/usr/bin/xvfb-run')

export interface RealObs {
  port: number
  password: string
  stop(): Promise<void>
}

/** The system's OBS under a virtual display, in a home of its own, with its obs-websocket on. */
export async function startRealObs(): Promise<RealObs> {
  const home = mkdtempSync(join(tmpdir(), 'obs-'))
  const [port, password] = [await freePort(), 'open sesame']
  const config = join(home, '.config/obs-studio')
  mkdirSync(config, { recursive: true })
  writeFileSync(
    join(config, 'global.ini'),
    `[General]
FirstRun=true
LastVersion=486539266
EnableAutoUpdates=false

[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort=${port}
AlertsEnabled=false
AuthRequired=true
ServerPassword=${password}
`,
  )
  const child = spawn(
    'xvfb-run',
    ['-a', '-s', '-screen 0 1280x800x24', OBS, '--multi', '--minimize-to-tray'],
    {
      // XDG_CONFIG_HOME is left out: OBS takes even an empty one for its folder.
      env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, LIBGL_ALWAYS_SOFTWARE: '1' },
      stdio: 'ignore',
      // A process group of its own: xvfb-run does not hand a signal on.
      detached: true,
    },
  )
  const exited = new Promise(done => child.once('exit', done))
  return {
    port,
    password,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      process.kill(-(child.pid ?? 0), 'SIGKILL')
      await exited
      rmSync(home, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
