import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig, StartError, startServer } from './server/index.ts'

/** The server without Electron: `npm run serve`, Docker. Options win over the environment, that over `.env`. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const { values } = readArguments()
  if (values.help) {
    console.log(HELP)
    return
  }
  const env = {
    ...process.env,
    ...definedOnly({ HOST: values.host, PORT: values.port, DATA_DIR: values.data }),
  }
  const server = await startServer(
    readConfig(env, { pagesDir: pagesDir(), desktop: false, resetOwner: values['reset-owner'] ?? false }),
  )

  // Before anything is printed: who reads that it listens may stop it at once.
  let stopping = false
  const stop = () => {
    // A second signal means: now.
    if (stopping) process.exit(1)
    stopping = true
    server.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  console.log(`listening on ${server.url.replace('localhost', server.host)}`)
  for (const { url } of server.addresses()) console.log(`  controller ${url}/admin   player ${url}/`)
  console.log(`  token ${server.apiToken}`)
  if (server.setupUrl) console.log(`  make your account at ${server.setupUrl}`)
  if (server.resetUrl) console.log(`  set the owner's password anew, once, at ${server.resetUrl}`)
}

const HELP = `Streaming Message, without the desktop app

  --host HOST   address to listen on (127.0.0.1; 0.0.0.0 = the whole LAN)
  --port PORT   port (8000; 0 = any free one)
  --data DIR    where messages, rooms and accounts are kept
  --reset-owner print a link, good once, that sets the owner's password anew

More by environment variables: see .env.example.`

function readArguments() {
  try {
    return parseArgs({
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        data: { type: 'string' },
        'reset-owner': { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    throw new StartError('config', `${(error as Error).message.split('\n')[0]} (see --help)`)
  }
}

function definedOnly(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}

/** Beside the bundle in `out/main`; the same folder when run from the sources in `src/main`. */
function pagesDir(): string {
  const beside = resolve(import.meta.dirname, '../renderer')
  return existsSync(resolve(beside, 'static')) ? beside : resolve(import.meta.dirname, '../../out/renderer')
}

main().catch(error => {
  console.error(error instanceof StartError ? error.message : error)
  process.exit(1)
})
