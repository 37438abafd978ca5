import { join } from 'node:path'
import type { ServerStatus } from '../../preload/bridge.ts'
import {
  type RunningServer,
  readConfig,
  type ServerConfig,
  StartError,
  startServer,
} from '../server/index.ts'
import { createObservable } from './observable.ts'
import type { SettingsStore } from './settings/store.ts'

/** The server inside the app: start, the LAN switch, another port, and what can go wrong with each. */
export interface ServerLife {
  status(): ServerStatus
  follow(listener: (status: ServerStatus) => void): () => void
  /** What this app's own windows load: the loopback address, whatever else the server listens on. */
  origin(): string
  /** A credential of the owner for the app's own windows. */
  ownerToken(): Promise<string>
  change(change: {
    lan?: boolean | undefined
    port?: number | undefined
    dataDir?: string
  }): Promise<ServerStatus>
  /** The network changed: other addresses lead here now. */
  lookAgain(): void
  stop(): Promise<void>
}

export interface ServerLifeOptions {
  settings: SettingsStore
  userData: string
  pagesDir: string
  env: NodeJS.ProcessEnv
  /** Takes the server's log, a line of JSON at a time. */
  log(line: string): void
  /** Told when the asked port was taken (`wanted`), or is free again. */
  onPort(wanted: number | null, port: number): void
  /** Asks what to do about a start that failed; answers which of the ways to go. */
  onStartFailure(error: StartError, ways: WaysOn): Promise<{ dataDir: string } | 'back' | 'retry'>
}

/** What can be done about a data folder that cannot be used. */
export interface WaysOn {
  /** False where the environment names it: then no setting counts. */
  choose: boolean
  /** `before`: the folder that was in use until now; `own`: the app's, where the setting names another. */
  back: 'before' | 'own' | null
}

/** How many ports after the asked one are tried before any free one is taken. */
const NEIGHBOURS = 20

export async function startServerLife(options: ServerLifeOptions): Promise<ServerLife> {
  const { settings } = options
  let running = false
  let server = await startPersistently()
  running = true
  /** As the setting was when the server last came up. */
  let lastDataDir = settings.get().server.dataDir
  const status = createObservable(statusIn('running'))
  let changing: Promise<unknown> = Promise.resolve()

  function config(): ServerConfig {
    const { lan, port, dataDir } = settings.get().server
    const own = {
      HOST: lan ? '0.0.0.0' : '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir ?? join(options.userData, 'data'),
    }
    // An empty variable counts as unset, as everywhere.
    const given = Object.fromEntries(Object.entries(options.env).filter(([, value]) => value !== ''))
    return readConfig(
      { ...own, ...given },
      {
        pagesDir: options.pagesDir,
        desktop: true,
        logTo: { write: line => options.log(line.trimEnd()) },
      },
    )
  }

  /** @param before the setting that worked until now */
  async function startPersistently(before: string | null = null): Promise<RunningServer> {
    for (;;) {
      try {
        return await startOnFreePort(config(), options.onPort)
      } catch (error) {
        // Whatever it was, the app comes up and the user has a way on.
        const failure =
          error instanceof StartError ? error : new StartError('listen', (error as Error).message)
        const answer = await options.onStartFailure(failure, waysOn(before))
        if (answer === 'retry') continue
        const dataDir = answer === 'back' ? before : answer.dataDir
        settings.change({ server: { ...settings.get().server, dataDir } })
      }
    }
  }

  function waysOn(before: string | null): WaysOn {
    if (options.env.DATA_DIR) return { choose: false, back: null }
    if (settings.get().server.dataDir === before) return { choose: true, back: null }
    return { choose: true, back: running ? 'before' : 'own' }
  }

  function statusIn(state: ServerStatus['state']): ServerStatus {
    const asked = config()
    // 0.0.0.0 is every IPv4 address and no IPv6 one.
    const reachable = ({ url }: { url: string }) => server.host !== '0.0.0.0' || !url.includes('[')
    const lan = server.addresses().filter(one => one.kind === 'lan' && reachable(one))
    return {
      url: origin(),
      port: server.port,
      wantedPort: asked.port !== 0 && asked.port !== server.port ? asked.port : null,
      lan: settings.get().server.lan,
      lanUrls: lan.map(({ url }) => url),
      dataDir: asked.dataDir,
      given: {
        host: Boolean(options.env.HOST),
        port: Boolean(options.env.PORT),
        dataDir: Boolean(options.env.DATA_DIR),
      },
      state,
    }
  }

  /** Always the same name, so that what pages remember is not lost by the LAN switch. */
  function origin(): string {
    const bound = ['127.0.0.1', '0.0.0.0', 'localhost'].includes(server.host)
    return bound ? `http://127.0.0.1:${server.port}` : server.url
  }

  async function restart(): Promise<ServerStatus> {
    status.set(statusIn('restarting'))
    await server.close()
    server = await startPersistently(lastDataDir)
    lastDataDir = settings.get().server.dataDir
    status.set(statusIn('running'))
    return status.get()
  }

  return {
    status: status.get,
    follow: status.follow,
    origin,
    async ownerToken() {
      // One that goes answers nothing any more: who asks in that moment means the one that comes.
      await changing
      return server.ownerToken()
    },
    change({ lan, port, dataDir }) {
      const now = settings.get().server
      settings.change({
        server: { lan: lan ?? now.lan, port: port ?? now.port, dataDir: dataDir ?? now.dataDir },
      })
      // One after the other: two switches in a row must not start two servers.
      const next = changing.then(restart)
      changing = next.catch(() => undefined)
      return next
    },
    lookAgain: () => status.set(statusIn(status.get().state)),
    async stop() {
      await changing
      status.set(statusIn('stopped'))
      await server.close()
    },
  }
}

async function startOnFreePort(
  config: ServerConfig,
  onPort: ServerLifeOptions['onPort'],
): Promise<RunningServer> {
  const { port } = config
  const neighbours = Array.from({ length: NEIGHBOURS }, (_, index) => port + 1 + index).filter(
    one => one < 65_536,
  )
  const candidates = port === 0 ? [0] : [port, ...neighbours, 0]
  for (const candidate of candidates) {
    try {
      const server = await startServer({ ...config, port: candidate })
      onPort(candidate === port ? null : port, server.port)
      return server
    } catch (error) {
      if (!(error instanceof StartError) || error.reason !== 'port-in-use') throw error
    }
  }
  throw new StartError('listen', 'no port is free on this machine')
}
