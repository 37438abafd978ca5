import { createHash, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/**
 * obs-websocket 5 as far as a browser source needs it, for what Debian's OBS lacks: it keeps inputs and scenes as OBS does,
 * answers with OBS's status codes, and records the calls. Its answers were compared with the real OBS (obs-real.test.ts).
 */
export interface FakeObs {
  port: number
  calls: { type: string; data: Record<string, unknown> }[]
  inputs: Map<string, { kind: string; settings: Record<string, unknown> }>
  /** Scene -> its sources. */
  scenes: Map<string, string[]>
  current: string
  streaming: boolean
  /** As if the user switched in OBS. */
  switchScene(name: string): void
  /** As if the network between was cut: OBS goes on. */
  drop(): void
  /** As if OBS was closed. */
  close(): Promise<void>
}

export interface FakeObsOptions {
  password?: string
  kinds?: string[]
  port?: number
  /** Answer to `GetVersion`. */
  version?: string
  /** Before each answer: what else happens in OBS at that moment. `false` leaves the request without an answer. */
  meanwhile?(type: string, obs: FakeObs): boolean | undefined
}

/** What the requests in use here carry. */
interface RequestData {
  sceneName?: string
  inputName?: string
  inputKind?: string
  inputSettings?: Record<string, unknown>
  sourceName?: string
  propertyName?: string
}

interface Outcome {
  code: number
  data?: object
  comment?: string
}

const done = (data: object = {}): Outcome => ({ code: 100, data })
const refuse = (code: number, comment: string): Outcome => ({ code, comment })

export async function startFakeObs(options: FakeObsOptions = {}): Promise<FakeObs> {
  const kinds = options.kinds ?? ['browser_source', 'color_source', 'text_ft2_source']
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: options.port ?? 0,
    handleProtocols: () => 'obswebsocket.json',
  })
  await new Promise(ready => server.once('listening', ready))
  const obs: FakeObs = {
    port: (server.address() as AddressInfo).port,
    calls: [],
    inputs: new Map(),
    scenes: new Map([
      ['Game', []],
      ['Talk', []],
    ]),
    current: 'Game',
    streaming: false,
    switchScene(name) {
      obs.current = name
      tell('CurrentProgramSceneChanged', { sceneName: name, sceneUuid: name })
    },
    drop() {
      for (const client of server.clients) client.terminate()
    },
    close: () =>
      new Promise(closed => {
        for (const client of server.clients) client.close(1001)
        server.close(() => closed())
      }),
  }

  function tell(eventType: string, eventData: object): void {
    for (const client of server.clients) send(client, 5, { eventType, eventIntent: 1, eventData })
  }

  server.on('connection', socket => {
    const [salt, challenge] = [randomBytes(16).toString('base64'), randomBytes(16).toString('base64')]
    const authentication = options.password === undefined ? undefined : { salt, challenge }
    send(socket, 0, { obsWebSocketVersion: '5.1.0', rpcVersion: 1, authentication })
    socket.on('message', raw => {
      const { op, d } = JSON.parse(String(raw))
      if (op === 1) {
        const given = d.authentication
        const expected = options.password === undefined ? undefined : proof(options.password, salt, challenge)
        if (given === expected) send(socket, 2, { negotiatedRpcVersion: 1 })
        else socket.close(4009, 'Authentication failed.')
      } else if (op === 6) {
        const data = d.requestData ?? {}
        obs.calls.push({ type: d.requestType, data })
        if (options.meanwhile?.(d.requestType, obs) === false) return
        const { code, data: responseData, comment } = answer(d.requestType, data)
        const requestStatus = { result: code === 100, code, comment }
        send(socket, 7, { requestType: d.requestType, requestId: d.requestId, requestStatus, responseData })
      }
    })
  })

  function answer(type: string, data: RequestData): Outcome {
    const { sceneName = '', inputName = '', inputKind = '', inputSettings = {}, sourceName = '' } = data
    const input = obs.inputs.get(inputName)
    const scene = obs.scenes.get(sceneName)
    switch (type) {
      case 'GetVersion':
        return done({ obsVersion: '29.0.2', obsWebSocketVersion: options.version ?? '5.1.0', rpcVersion: 1 })
      case 'GetSceneList': {
        const scenes = [...obs.scenes.keys()]
          .reverse()
          .map((name, sceneIndex) => ({ sceneName: name, sceneIndex }))
        return done({ currentProgramSceneName: obs.current, scenes })
      }
      case 'GetInputKindList':
        return done({ inputKinds: kinds })
      case 'GetInputList': {
        const found = [...obs.inputs].filter(([, one]) => inputKind === '' || one.kind === inputKind)
        return done({ inputs: found.map(([name, { kind }]) => ({ inputName: name, inputKind: kind })) })
      }
      case 'CreateInput':
        if (!scene) return refuse(600, 'No source was found by that name.')
        if (input) return refuse(601, 'A source already exists by that input name.')
        if (!kinds.includes(inputKind))
          return refuse(605, 'Your specified input kind is not supported by OBS.')
        obs.inputs.set(inputName, { kind: inputKind, settings: inputSettings })
        scene.push(inputName)
        tell('InputCreated', { inputName, inputKind })
        return done({ sceneItemId: scene.length })
      case 'GetInputSettings':
        if (!input) return refuse(600, 'No source was found by that name.')
        return done({ inputKind: input.kind, inputSettings: input.settings })
      case 'SetInputSettings':
        if (!input) return refuse(600, 'No source was found by that name.')
        Object.assign(input.settings, inputSettings)
        return done()
      case 'GetSceneItemId': {
        if (!scene) return refuse(600, 'No source was found by that name.')
        const at = scene.indexOf(sourceName)
        return at < 0
          ? refuse(600, 'No scene items were found in the specified scene by that name.')
          : done({ sceneItemId: at + 1 })
      }
      case 'CreateSceneItem':
        if (!scene || !obs.inputs.has(sourceName)) return refuse(600, 'No source was found by that name.')
        scene.push(sourceName)
        return done({ sceneItemId: scene.length })
      case 'PressInputPropertiesButton':
        if (!input) return refuse(600, 'No source was found by that name.')
        return data.propertyName === 'refreshnocache'
          ? done()
          : refuse(600, 'Unable to find a property by that name.')
      case 'SendStreamCaption':
        return obs.streaming ? done() : refuse(501, '')
      default:
        return refuse(204, 'Your request type is not valid.')
    }
  }

  return obs
}

function send(socket: WebSocket, op: number, d: object): void {
  socket.send(JSON.stringify({ op, d }))
}

/** obs-websocket 5, "Creating an authentication string". */
function proof(password: string, salt: string, challenge: string): string {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64')
  return hash(hash(password + salt) + challenge)
}
