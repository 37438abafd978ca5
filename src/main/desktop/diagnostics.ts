import { arch, cpus, release, totalmem } from 'node:os'
import type { Notice, ObsStatus, ServerStatus } from '../../preload/bridge.ts'
import type { DesktopSettings } from '../../preload/desktop-settings.ts'

export interface Diagnostics {
  version: string
  versions: NodeJS.ProcessVersions
  platform: NodeJS.Platform
  settings: DesktopSettings
  server: ServerStatus
  obs: ObsStatus
  displays: { label: string; bounds: object; scaleFactor: number }[]
  notices: Notice[]
  log: string
}

/** What a bug report needs, as text; nothing that lets anybody in, and no line that was sent. */
export function describeApp(about: Diagnostics): string {
  const { versions, settings } = about
  const { phrases, ...rest } = settings
  const told = {
    ...rest,
    phrases: phrases.length,
    server: { ...settings.server, dataDir: settings.server.dataDir !== null },
  }
  return [
    `Streaming Message ${about.version}`,
    `${about.platform} ${release()} ${arch()}, ${cpus().length} processors, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Electron ${versions.electron}, Chromium ${versions.chrome}, Node ${versions.node}`,
    `server ${about.server.state} at ${about.server.url}, LAN ${about.server.lan ? 'on' : 'off'}`,
    `OBS ${about.obs.state} ${about.obs.failure ?? ''} ${about.obs.obsVersion}`,
    ...about.displays.map(one => `display ${one.label} ${JSON.stringify(one.bounds)} x${one.scaleFactor}`),
    ...about.notices.map(one => `notice ${one.code}`),
    `settings ${JSON.stringify(told)}`,
    '',
    withoutSecrets(about.log),
  ].join('\n')
}

const BEARER = /\b(Bearer\s+|token[=:]\s*"?|key[=:]\s*"?|password[=:]\s*"?)[^\s"&,]+/gi
/** JSON web tokens, wherever they stand. */
const JWT = /\beyJ[\w-]+\.[\w-]+\.[\w-]+/g

export function withoutSecrets(text: string): string {
  return text.replace(JWT, '…').replace(BEARER, '$1…')
}
