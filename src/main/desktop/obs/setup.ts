import type { DesktopSettings } from '../../../preload/desktop-settings.ts'
import { playerAddress } from '../player-address.ts'
import type { RoomClient } from '../room-client.ts'
import type { Secrets } from '../secrets.ts'
import type { ServerLife } from '../server-life.ts'
import type { SettingsStore } from '../settings/store.ts'
import type { Words } from '../words.ts'
import { captionRoom } from './captions.ts'
import { createObs, type Obs } from './obs.ts'

export interface SetupObsOptions {
  settings: SettingsStore
  server: ServerLife
  room: RoomClient
  secrets: Secrets
  words(): Words
  log(text: string): void
}

const addressOf = ({ obs: { host, port } }: DesktopSettings) => `${host}:${port}`

/** OBS at the app's side: connected when wanted, its scenes followed, lines given to it as captions. */
export function setupObs({
  settings,
  server,
  room,
  secrets,
  words,
  log,
}: SetupObsOptions): Obs & { stop(): Promise<void> } {
  const obs = createObs({
    settings,
    secrets,
    playerUrl: async name =>
      playerAddress({
        origin: server.origin(),
        room: name,
        label: 'OBS',
        watchKey: await room.watchKey(name),
      }),
    serverPort: () => server.status().port,
    applyScene: rule => void room.applyScene(rule),
    words: () => words().obs,
    log,
  })

  let captions: { room: string; origin: string; stop(): void } | undefined
  function followCaptions(): void {
    const wanted = settings.get().obs.captions && obs.status().state === 'connected'
    const [name, origin] = [settings.get().general.room, server.origin()]
    if (wanted && captions?.room === name && captions.origin === origin) return
    captions?.stop()
    captions = undefined
    if (!wanted) return
    const stop = captionRoom({
      url: () => `${origin}/api/v1/rooms/${name}/events?role=controller&label=captions&since=now`,
      token: server.ownerToken,
      say: obs.caption,
      log,
    })
    captions = { room: name, origin, stop }
  }
  let address = addressOf(settings.get())
  settings.follow(now => {
    followCaptions()
    if (addressOf(now) === address) return
    address = addressOf(now)
    obs.reconnect()
  })
  server.follow(followCaptions)
  obs.follow(followCaptions)
  if (settings.get().obs.enabled) void obs.connect()

  return {
    ...obs,
    async stop() {
      captions?.stop()
      await obs.disconnect()
    },
  }
}
