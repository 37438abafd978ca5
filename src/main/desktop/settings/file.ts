import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import {
  DEFAULT_SETTINGS,
  type DesktopSettings,
  desktopSettings,
  SETTINGS_VERSION,
} from '../../../preload/desktop-settings.ts'
import { migrateSettings } from './migrate.ts'

/** Why defaults were taken: the file could not be read, or a newer version of the app wrote it. */
export interface PutAside {
  why: 'corrupt' | 'newer' | 'unreadable'
  /** Where the old file lies now; empty when it could not be moved. */
  keptAt: string
}

export interface LoadedSettings {
  settings: DesktopSettings
  putAside: PutAside | undefined
}

/**
 * Reads the settings; never fails, so that the app always comes up. Synchronous, as some settings must be known before
 * Electron is ready.
 */
export function readSettings(path: string): LoadedSettings {
  if (!existsSync(path)) return { settings: DEFAULT_SETTINGS, putAside: undefined }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'corrupt' : 'unreadable'
    return { settings: DEFAULT_SETTINGS, putAside: { why, keptAt: why === 'corrupt' ? putAside(path) : '' } }
  }
  const parsed = desktopSettings.safeParse(migrateSettings(content))
  if (parsed.success) return { settings: parsed.data, putAside: undefined }
  const why = versionOf(content) > SETTINGS_VERSION ? 'newer' : 'corrupt'
  return { settings: DEFAULT_SETTINGS, putAside: { why, keptAt: putAside(path) } }
}

/** Whole or not at all: a power cut leaves the old file. @throws as node:fs does */
export function writeSettings(path: string, settings: DesktopSettings): void {
  mkdirSync(dirname(path), { recursive: true })
  const fresh = `${path}.new`
  writeFileSync(fresh, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 })
  renameSync(fresh, path)
}

function versionOf(content: unknown): number {
  const isObject = typeof content === 'object' && content !== null && 'version' in content
  return isObject && typeof content.version === 'number' ? content.version : 0
}

function putAside(path: string): string {
  for (let count = 1; count < 1_000; count += 1) {
    const kept = path.replace(/\.json$/, `.put-aside-${count}.json`)
    if (existsSync(kept)) continue
    try {
      renameSync(path, kept)
      return kept
    } catch {
      return ''
    }
  }
  return ''
}
