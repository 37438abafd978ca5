import type {
  AppInfo,
  BridgeEvents,
  BridgeOutput,
  DisplayInfo,
  OverlayStatus,
} from '../../../preload/bridge.ts'
import type { Notices } from '../notices.ts'
import { ObsError } from '../obs/failures.ts'
import type { Obs } from '../obs/obs.ts'
import type { Overlays } from '../overlay/overlays.ts'
import { NoAnswer, type RoomClient, type RoomFailure } from '../room-client.ts'
import type { ServerLife } from '../server-life.ts'
import type { SettingsStore } from '../settings/store.ts'
import type { Shortcuts } from '../shortcuts/shortcuts.ts'
import type { Updates } from '../updates.ts'
import { fill, overlayName, type Words } from '../words.ts'
import { BridgeError, type Handlers } from './door.ts'

export interface HandlerOptions {
  server: ServerLife
  settings: SettingsStore
  overlays: Overlays
  shortcuts: Shortcuts
  notices: Notices
  obs: Obs
  updates: Updates
  room: RoomClient
  words(): Words
  appInfo(): AppInfo
  displays(): DisplayInfo[]
  openLink(url: URL): void
  openLogs(): void
  copyDiagnostics(): string
  chooseDataDir(): Promise<string | undefined>
  quickContext(): BridgeEvents['quick']
  closeQuick(): void
}

/** What each call of the bridge does; its input has been checked by the door. */
export function createHandlers(options: HandlerOptions): Handlers {
  const { server, settings, overlays, shortcuts, notices, obs, updates, room } = options

  const found = (overlay: OverlayStatus | undefined): OverlayStatus => {
    if (!overlay) throw new BridgeError('not-found', 'there is no such overlay')
    return overlay
  }
  /** The page's language for what OBS refused, or our own server did not answer. */
  const inWords = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof ObsError) throw new BridgeError(error.failure, options.words().obs[error.failure])
      if (error instanceof NoAnswer)
        throw new BridgeError('unavailable', reasonIn(options.words(), { why: 'no-answer' }))
      throw error
    }
  }

  return {
    'owner.token': async () => ({ token: await server.ownerToken() }),
    'app.info': options.appInfo,
    'app.openLink': ({ url }) => options.openLink(new URL(url)),
    'app.openLogs': () => options.openLogs(),
    'app.copyDiagnostics': () => ({ text: options.copyDiagnostics() }),
    'notices.list': notices.list,
    'notices.dismiss': ({ id }) => notices.dismiss(id),
    'settings.get': settings.get,
    'settings.change': patch => settings.patch(patch),
    'server.status': server.status,
    'server.change': change => server.change(change),
    async 'server.chooseDataDir'() {
      const dataDir = await options.chooseDataDir()
      return dataDir === undefined ? server.status() : server.change({ dataDir })
    },
    'displays.list': options.displays,
    'overlay.list': overlays.list,
    'overlay.add': ({ room: name }) => {
      if (settings.get().overlays.length >= 8)
        throw new BridgeError('unavailable', 'there are 8 overlays already')
      return overlays.add(name)
    },
    'overlay.remove': ({ id }) => {
      if (!overlays.remove(id)) throw new BridgeError('not-found', 'there is no such overlay')
    },
    'overlay.change': ({ id, change }) => found(overlays.change(id, change)),
    'overlay.edit': ({ id, on }) => found(overlays.edit(id, on)),
    'overlay.reset': ({ id }) => found(overlays.reset(id)),
    'shortcuts.list': shortcuts.list,
    'shortcuts.set': ({ action, accelerator }) => shortcuts.set(action, accelerator),
    'shortcuts.pause': ({ on }) => shortcuts.pause(on),
    'obs.status': obs.status,
    'obs.connect': ({ password }) => {
      settings.patch({ obs: { enabled: true } })
      return obs.connect(password)
    },
    'obs.disconnect': () => {
      settings.patch({ obs: { enabled: false } })
      return obs.disconnect()
    },
    'obs.forgetPassword': obs.forgetPassword,
    'obs.putSource': ({ scene, room: name }) => inWords(obs.putSource(scene, name)),
    'obs.refreshSources': async () => ({ refreshed: await inWords(obs.refreshSources()) }),
    'obs.setScenes': ({ scenes }) => {
      settings.patch({ obs: { scenes } })
      return obs.status()
    },
    'updates.status': updates.status,
    'updates.check': updates.check,
    'updates.download': updates.download,
    'updates.install': updates.install,

    'quick.context': options.quickContext,
    async 'quick.send'({ text, speaker }) {
      settings.patch({ general: { speaker } })
      const sent = await room.send({ text, speaker })
      if (!sent.ok) throw new BridgeError('unavailable', reasonIn(options.words(), sent.failure))
    },
    'quick.close': options.closeQuick,

    'frame.state': (_input, { id }) => frameState(overlays, options.words(), id),
    'frame.drag': ({ handle, dx, dy, snap }, { id }) => overlays.drag(id, handle, dx, dy, snap),
    'frame.drop': (_input, { id }) => overlays.drop(id),
    'frame.adjust': ({ what, step }, { id }) => overlays.adjust(id, what, step),
    'frame.done': (_input, { id }) => void overlays.edit(id, false),
  }
}

function reasonIn({ reasons }: Words, failure: RoomFailure): string {
  if (failure.why === 'refused') return failure.detail
  return fill(reasons[failure.why], failure.why === 'room-missing' ? { room: failure.room } : {})
}

function frameState(overlays: Overlays, words: Words, id: string): BridgeOutput<'frame.state'> {
  const all = overlays.list()
  const overlay = all.find(one => one.id === id)
  const label = overlay ? `${overlayName(all, overlay, words)} · ${overlay.room}` : ''
  return { editing: overlay?.editing ?? false, zoom: overlay?.zoom ?? 1, label, ...words.frame }
}
