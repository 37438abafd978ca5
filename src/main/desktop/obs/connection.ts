import { EventSubscription, OBSWebSocket } from 'obs-websocket-js/json'
import { z } from 'zod'
import { connectFailure, ObsError } from './failures.ts'

/** One connection to obs-websocket, whose answers are checked before anybody trusts them. */
export interface ObsConnection {
  obsVersion: string
  websocketVersion: string
  scenes(): Promise<{ all: string[]; current: string }>
  /** @throws ObsError `timeout`, `nonsense` or `not-connected`; the caller reads refusals by their status code */
  call<Output>(request: string, data: object, output: z.ZodType<Output>): Promise<Output>
  close(): Promise<void>
}

export interface ObsEvents {
  onScene(name: string): void
  onSceneList(): void
  onInputs(): void
  onClosed(): void
}

export interface ObsAddress {
  host: string
  port: number
  password: string | undefined
}

const TIMEOUT_MS = 5_000
/** What docs and code here count on: `PressInputPropertiesButton`, `SendStreamCaption` came with 5.0. */
const OLDEST = 5

const versionAnswer = z.object({
  obsVersion: z.string().max(100),
  obsWebSocketVersion: z.string().max(100),
  rpcVersion: z.number(),
})
const sceneList = z.object({
  currentProgramSceneName: z.string().nullable(),
  scenes: z.array(z.object({ sceneName: z.string() })).max(10_000),
})
const sceneChanged = z.object({ sceneName: z.string() })

/** @throws ObsError with the reason */
export async function connectObs(
  { host, port, password }: ObsAddress,
  events: ObsEvents,
): Promise<ObsConnection> {
  const socket = new OBSWebSocket()
  let open = true
  /** What is still waited for: obs-websocket-js never settles a call whose connection goes. */
  const waiting = new Set<(gone: ObsError) => void>()

  function end(): void {
    open = false
    for (const giveUp of waiting) giveUp(new ObsError('not-connected'))
    waiting.clear()
  }

  function orGone<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      waiting.add(reject)
      answer.then(resolve, reject).finally(() => waiting.delete(reject))
    })
  }

  async function call<Output>(request: string, data: object, output: z.ZodType<Output>): Promise<Output> {
    if (!open) throw new ObsError('not-connected')
    const answer: unknown = await within(orGone(socket.call(request as 'GetVersion', data as never)))
    const parsed = output.safeParse(answer)
    if (!parsed.success)
      throw new ObsError('nonsense', `${request}: ${parsed.error.issues[0]?.message ?? ''}`)
    return parsed.data
  }

  async function close(): Promise<void> {
    end()
    socket.removeAllListeners()
    // One that does not answer the closing handshake is left to its own time-out.
    await within(socket.disconnect()).catch(() => undefined)
  }

  const { Scenes, Inputs, General } = EventSubscription
  try {
    const address = `ws://${host.includes(':') ? `[${host}]` : host}:${port}`
    const greeting = socket.connect(address, password, { eventSubscriptions: Scenes | Inputs | General })
    await within(greeting)
    socket.on('ConnectionClosed', end)
    const version = await call('GetVersion', {}, versionAnswer)
    if (Number.parseInt(version.obsWebSocketVersion, 10) < OLDEST) throw new ObsError('too-old')
    follow(socket, events)
    return {
      obsVersion: version.obsVersion,
      websocketVersion: version.obsWebSocketVersion,
      call,
      close,
      async scenes() {
        const list = await call('GetSceneList', {}, sceneList)
        // OBS lists them from the bottom up.
        const all = list.scenes.map(one => one.sceneName).reverse()
        return { all, current: list.currentProgramSceneName ?? '' }
      },
    }
  } catch (error) {
    await close()
    throw new ObsError(
      connectFailure(error, password !== undefined && password !== ''),
      (error as Error).message,
    )
  }
}

function follow(socket: OBSWebSocket, events: ObsEvents): void {
  socket.on('CurrentProgramSceneChanged', event => {
    const scene = sceneChanged.safeParse(event)
    if (scene.success) events.onScene(scene.data.sceneName)
  })
  socket.on('SceneListChanged', events.onSceneList)
  socket.on('InputCreated', events.onInputs)
  socket.on('InputRemoved', events.onInputs)
  socket.on('InputNameChanged', events.onInputs)
  socket.on('ConnectionClosed', events.onClosed)
}

function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ObsError('timeout')), TIMEOUT_MS)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
