import type { DesktopSettings, SettingsPatch } from '../../../preload/desktop-settings.ts'
import { createObservable, type Observable } from '../observable.ts'
import { writeSettings } from './file.ts'

export interface SettingsStore extends Pick<Observable<DesktopSettings>, 'get' | 'follow'> {
  /** Takes whole sections, checked by their caller. Tells the followers, then writes soon. */
  change(change: Partial<DesktopSettings>): DesktopSettings
  /** Takes a change from a page: only the fields it names. */
  patch(patch: SettingsPatch): DesktopSettings
  /** Writes what is still to be written. */
  flush(): void
}

export interface StoreOptions {
  path: string
  initial: DesktopSettings
  /** A file that could not be opened is not replaced either: what is in it may be all that the user has. */
  mayWrite?: boolean
  /** The file cannot be written; settings then last for this run. */
  onWriteFailure(reason: string): void
  /** Runs the write later, so that dragging a window does not write a hundred times. */
  later?(run: () => void): void
}

const WRITE_DELAY_MS = 300

export function createSettingsStore(options: StoreOptions): SettingsStore {
  const current = createObservable(options.initial)
  const later = options.later ?? (run => setTimeout(run, WRITE_DELAY_MS).unref())
  let unwritten = false

  function flush(): void {
    if (!unwritten) return
    unwritten = false
    if (options.mayWrite === false) {
      options.onWriteFailure('file-closed')
      return
    }
    try {
      writeSettings(options.path, current.get())
    } catch (error) {
      options.onWriteFailure((error as Error).message)
    }
  }

  function change(sections: Partial<DesktopSettings>): DesktopSettings {
    current.set({ ...current.get(), ...sections })
    if (!unwritten) later(flush)
    unwritten = true
    return current.get()
  }

  function patch({ general, obs, updates, ...rest }: SettingsPatch): DesktopSettings {
    const now = current.get()
    return change({
      ...defined(rest),
      general: { ...now.general, ...defined(general ?? {}) },
      obs: { ...now.obs, ...defined(obs ?? {}) },
      updates: { ...now.updates, ...defined(updates ?? {}) },
    })
  }

  return { get: current.get, follow: current.follow, change, patch, flush }
}

/** A key given as undefined means "not changed". */
function defined<T extends object>(values: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> }
}
