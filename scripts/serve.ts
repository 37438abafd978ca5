import { buildIfStale, serve } from './run.ts'

/** `npm run serve`: the server without Electron; builds what is stale first. */
await buildIfStale()
process.exit(await serve(process.argv.slice(2)))
