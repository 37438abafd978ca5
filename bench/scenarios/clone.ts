import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

/**
 * A fresh clone, as a new user has it, with npm's cache as it is here.
 * @returns `first`: seconds for `npm ci && npm start` until it listens; `second`: seconds for another `npm start`.
 */
export async function cloneStart(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'clone-bench-'))
  const clone = join(folder, 'clone')
  try {
    call('git', ['clone', '--quiet', root, clone], folder)
    const began = performance.now()
    call('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], clone)
    await start(clone, join(folder, 'data'))
    const first = (performance.now() - began) / 1000
    const again = performance.now()
    await start(clone, join(folder, 'data'))
    return { first, second: (performance.now() - again) / 1000 }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

function call(program: string, args: string[], cwd: string): void {
  const { status } = spawnSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status !== 0) throw new Error(`${program} ${args[0]} ended with ${status}`)
}

/** Resolves when it has listened, and is gone again. */
function start(cwd: string, dataDir: string): Promise<void> {
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', dataDir], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own: npm, the script and the server end together.
    detached: true,
  })
  return new Promise((done, reject) => {
    let text = ''
    let listens = false
    child.stdout.on('data', chunk => {
      text += chunk
      if (listens || !/listening on http/.test(text)) return
      listens = true
      process.kill(-child.pid!, 'SIGTERM')
    })
    child.once('close', code =>
      listens ? done() : reject(new Error(`npm start ended with ${code}: ${text}`)),
    )
  })
}
