import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** `npm run serve`: the built server without Electron; builds first where nothing is built yet. */
const root = resolve(import.meta.dirname, '..')
const entry = resolve(root, 'out/main/headless.js')

function run(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  return new Promise(done => child.once('exit', code => done(code ?? 1)))
}

if (!existsSync(entry)) {
  const code = await run([resolve(root, 'scripts/build.ts')], process.env)
  if (code !== 0) process.exit(code)
}
process.exit(await run([entry, ...process.argv.slice(2)], process.env))
