import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { resolve } from 'node:path'
import { buildIfStale, endWithNpm, root, run } from './run.ts'
import { isStale } from './stale.ts'

/**
 * `npm run dev`: the app, built anew at each change of `src`; `-- --web` for the server and the pages without Electron.
 * Pages alone are built while the app goes on, and shown at the next reload; anything else starts it anew. A build that
 * fails says so, and what ran goes on.
 */
const args = process.argv.slice(2)
const web = args.includes('--web')
const script = web ? 'scripts/serve.ts' : 'scripts/start.ts'
const rest = args.filter(one => one !== '--web')

/** Milliseconds after the last change: an editor writes a file in several steps. */
const SETTLED = 100

let app: ChildProcess | null = null
/** What is to become of it when it has ended. */
let ending: 'by-itself' | 'to-start-anew' | 'for-good' = 'by-itself'

function start(): void {
  ending = 'by-itself'
  app = spawn(process.execPath, [resolve(root, script), ...rest], { cwd: root, stdio: 'inherit' })
  app.once('exit', code => {
    app = null
    if (ending === 'to-start-anew') start()
    else if (ending === 'for-good' || code === 0) process.exit(code ?? 1)
    else console.log('It has ended; the next change starts it anew.')
  })
}

function restart(): void {
  if (app) {
    ending = 'to-start-anew'
    app.kill('SIGTERM')
  } else start()
}

function stop(signal: NodeJS.Signals): void {
  ending = 'for-good'
  if (app) app.kill(signal)
  else process.exit(1)
}

/** Whether something beside the pages has changed since the app was started. */
let beyondPages = false
let building = false

async function rebuild(): Promise<void> {
  if (building || !isStale()) return
  building = true
  const code = await run(process.execPath, [resolve(root, 'scripts/build.ts')])
  building = false
  if (code !== 0) return console.log('The build failed; what ran before goes on.')
  // Saved once more while it was built.
  if (isStale()) return rebuild()
  if (!beyondPages) return console.log('The pages are new: reload them.')
  beyondPages = false
  restart()
}

endWithNpm()
await buildIfStale()
start()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
let timer: ReturnType<typeof setTimeout> | undefined
watch(resolve(root, 'src'), { recursive: true }, (_, path) => {
  if (!path?.replaceAll('\\', '/').startsWith('renderer/')) beyondPages = true
  clearTimeout(timer)
  timer = setTimeout(rebuild, SETTLED)
})
console.log('Watching src: each change is built.')
