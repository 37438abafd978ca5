import type { ObsFailure, ObsStatus } from '../../../preload/bridge.ts'
import type { SceneRule } from '../../../preload/desktop-settings.ts'
import { createObservable } from '../observable.ts'
import type { Secrets } from '../secrets.ts'
import type { SettingsStore } from '../settings/store.ts'
import { ownSources, putSource, refreshSource, sendCaption } from './browser-source.ts'
import { connectObs, type ObsConnection } from './connection.ts'
import { ObsError } from './failures.ts'

export interface Obs {
  status(): ObsStatus
  follow(listener: (status: ObsStatus) => void): () => void
  /** With a password: that one from now on. Stays connected, and comes back when OBS does. */
  connect(password?: string): Promise<ObsStatus>
  disconnect(): Promise<ObsStatus>
  forgetPassword(): ObsStatus
  /** @throws ObsError */
  putSource(scene: string, room: string): Promise<{ created: boolean; name: string }>
  /** @throws ObsError */
  refreshSources(): Promise<string[]>
  caption(text: string): Promise<void>
  /** After sleep the old connection is dead though nobody said so; and another address is another OBS. */
  reconnect(): void
}

export interface ObsOptions {
  settings: SettingsStore
  secrets: Secrets
  /** The player's address for a room, as OBS shall load it. */
  playerUrl(room: string): Promise<string>
  serverPort(): number
  applyScene(rule: SceneRule): void
  words(): Record<ObsFailure, string>
  log(text: string): void
}

const SECRET = 'obs-password'
/** OBS may be started after us: it is looked for, ever more rarely. */
const RETRY_MS = [2_000, 5_000, 10_000, 30_000]

const OFF: ObsStatus = {
  state: 'off',
  failure: null,
  msg: '',
  obsVersion: '',
  websocketVersion: '',
  scenes: [],
  currentScene: '',
  sources: [],
  hasPassword: false,
  passwordNotKept: false,
}

/** Retrying cannot mend these: the user has to. */
const NEEDS_USER: ReadonlySet<ObsFailure> = new Set(['wrong-password', 'password-needed', 'too-old'])

export function createObs(options: ObsOptions): Obs {
  const { settings, secrets } = options
  const status = createObservable(OFF)
  const set = (change: Partial<ObsStatus>) => status.set({ ...status.get(), ...change })
  let connection: ObsConnection | undefined
  let wanted = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined
  /** Counts attempts, so that the answer of an old one is not taken for the newest's. */
  let attempt = 0

  function settled(): ObsConnection {
    if (!connection) throw new ObsError('not-connected')
    return connection
  }

  async function open(): Promise<ObsStatus> {
    clearTimeout(timer)
    const mine = ++attempt
    try {
      await leave()
      const password = await secrets.get(SECRET)
      // Switched off meanwhile, or begun anew.
      if (mine !== attempt) return status.get()
      set({ state: 'connecting', hasPassword: password !== undefined })
      const { host, port } = settings.get().obs
      const opened = await connectObs({ host, port, password }, events(mine))
      if (mine !== attempt) {
        await opened.close()
        return status.get()
      }
      connection = opened
      failures = 0
      await greet(opened)
    } catch (error) {
      if (mine === attempt) fail(error)
    }
    return status.get()
  }

  async function leave(): Promise<void> {
    const left = connection
    connection = undefined
    await left?.close()
  }

  async function greet(opened: ObsConnection): Promise<void> {
    const { obsVersion, websocketVersion } = opened
    options.log(`obs: connected to OBS ${obsVersion}, obs-websocket ${websocketVersion}`)
    set({ state: 'connected', failure: null, msg: '', obsVersion, websocketVersion })
    await lookAtScenes()
    if (settings.get().obs.refreshOnConnect) await refreshSources()
    else await lookAtSources()
    followScene(status.get().currentScene)
  }

  function events(mine: number) {
    const current = (run: () => void) => () => {
      if (mine === attempt) run()
    }
    return {
      onScene(scene: string) {
        if (mine !== attempt) return
        set({ currentScene: scene })
        followScene(scene)
      },
      onSceneList: current(() => quietly(lookAtScenes)),
      onInputs: current(() => quietly(lookAtSources)),
      onClosed: current(() => {
        // What this attempt still waits for ends with it and is no failure of its own.
        attempt += 1
        fail(new ObsError('not-running'))
      }),
    }
  }

  function fail(error: unknown): void {
    const failure = error instanceof ObsError ? error.failure : 'nonsense'
    options.log(`obs: ${(error as Error).message}`)
    void leave()
    set({ ...OFF, state: 'failed', failure, msg: options.words()[failure], ...kept() })
    if (!wanted || NEEDS_USER.has(failure)) return
    const wait = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]
    failures += 1
    clearTimeout(timer)
    timer = setTimeout(open, wait)
    timer.unref()
  }

  const kept = () => {
    const { hasPassword, passwordNotKept } = status.get()
    return { hasPassword, passwordNotKept }
  }

  async function lookAtScenes(): Promise<void> {
    const asked = settled()
    const { all, current } = await asked.scenes()
    if (asked === connection) set({ scenes: all, currentScene: current })
  }

  async function lookAtSources(): Promise<void> {
    const asked = settled()
    const sources = await ownSources(asked, options.serverPort())
    if (asked === connection) set({ sources })
  }

  async function refreshSources(): Promise<string[]> {
    await lookAtSources()
    const names = status.get().sources.map(one => one.name)
    const refreshed: string[] = []
    for (const name of names) if (await refreshSource(settled(), name)) refreshed.push(name)
    return refreshed
  }

  function followScene(scene: string): void {
    const { followScenes, scenes } = settings.get().obs
    const rule = scenes.find(one => one.scene === scene)
    if (followScenes && rule) options.applyScene(rule)
  }

  /** For what OBS told unasked: a failure there is the next call's business. */
  function quietly(run: () => Promise<void>): void {
    run().catch(error => options.log(`obs: ${(error as Error).message}`))
  }

  return {
    status: status.get,
    follow: status.follow,
    async connect(password) {
      wanted = true
      failures = 0
      if (password !== undefined) {
        secrets.remove(SECRET)
        const isKept = password === '' || (await secrets.set(SECRET, password))
        set({ passwordNotKept: !isKept })
      }
      return open()
    },
    async disconnect() {
      wanted = false
      attempt += 1
      clearTimeout(timer)
      status.set({ ...OFF, ...kept() })
      await leave()
      return status.get()
    },
    forgetPassword() {
      secrets.remove(SECRET)
      set({ hasPassword: false, passwordNotKept: false })
      return status.get()
    },
    async putSource(scene, room) {
      const { sourceName: name, width, height } = settings.get().obs
      const put = await putSource(settled(), {
        scene,
        name,
        width,
        height,
        url: await options.playerUrl(room),
      })
      await lookAtSources()
      return put
    },
    refreshSources,
    async caption(text) {
      if (connection && settings.get().obs.captions) await sendCaption(connection, text)
    },
    reconnect() {
      if (!wanted) return
      failures = 0
      void open()
    },
  }
}
