import { resolve } from 'node:path'
import { buildIfStale, root, run } from './run.ts'

/** `npm run serve`: the server without Electron; builds what is stale first. */
await buildIfStale()
process.exit(await run(process.execPath, [resolve(root, 'out/main/headless.js'), ...process.argv.slice(2)]))
