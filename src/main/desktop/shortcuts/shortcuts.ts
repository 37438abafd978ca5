import { globalShortcut } from 'electron'
import type { ShortcutStatus } from '../../../preload/bridge.ts'
import { ACTIONS, type ActionName, type DesktopSettings } from '../../../preload/desktop-settings.ts'
import { createObservable } from '../observable.ts'
import type { SettingsStore } from '../settings/store.ts'
import { normalise } from './accelerator.ts'

export interface Shortcuts {
  list(): ShortcutStatus[]
  follow(listener: (shortcuts: ShortcutStatus[]) => void): () => void
  /** Asks the system again for all of them: one that another program held may be free by now. */
  set(action: ActionName, accelerator: string): ShortcutStatus[]
  /** While a hotkey is chosen: the system would give its keys to what they do now, and the field would never see them. */
  pause(on: boolean): void
  stop(): void
}

export interface ShortcutsOptions {
  settings: SettingsStore
  platform: NodeJS.Platform
  run(action: ActionName): void
  sendPhrase(phrase: DesktopSettings['phrases'][number]): void
  /** The hotkeys that another program holds; called when that set changes. */
  onTaken(taken: ShortcutStatus[]): void
}

interface Wish {
  action: string
  accelerator: string
  run(): void
}

/** Hotkeys that work over a game. The system refuses one that is taken without saying so: it is said here. */
export function setupShortcuts(options: ShortcutsOptions): Shortcuts {
  const { settings, platform } = options
  const statuses = createObservable<ShortcutStatus[]>([])
  let registeredFor = ''
  let paused = false

  function wishes({ shortcuts, phrases }: DesktopSettings): Wish[] {
    const actions = ACTIONS.map(action => ({
      action,
      accelerator: shortcuts[action],
      run: () => options.run(action),
    }))
    const spoken = phrases.map((phrase, index) => ({
      action: `phrase.${index + 1}`,
      accelerator: phrase.accelerator,
      run: () => options.sendPhrase(phrase),
    }))
    return [...actions, ...spoken]
  }

  function register(): void {
    const { shortcuts, phrases } = settings.get()
    const wanted = JSON.stringify([shortcuts, phrases])
    if (wanted === registeredFor) return
    registeredFor = wanted
    // Nothing can be registered while they are suspended.
    globalShortcut.setSuspended(false)
    globalShortcut.unregisterAll()
    const holder = new Map<string, string>()
    const taken = new Set(
      statuses
        .get()
        .filter(one => one.state === 'taken')
        .map(one => one.accelerator),
    )
    statuses.set(wishes(settings.get()).map(wish => claim(wish, holder)))
    if (paused) globalShortcut.setSuspended(true)
    const now = statuses.get().filter(one => one.state === 'taken')
    if (now.some(one => !taken.has(one.accelerator)) || now.length < taken.size) options.onTaken(now)
  }

  function claim({ action, accelerator, run }: Wish, holder: Map<string, string>): ShortcutStatus {
    const as = (state: ShortcutStatus['state'], by: string | null = null) => ({
      action,
      accelerator,
      state,
      by,
    })
    if (accelerator === '') return as('off')
    const normal = normalise(accelerator, platform)
    if (normal === undefined) return as('invalid')
    const other = holder.get(normal)
    if (other !== undefined) return as('duplicate', other)
    holder.set(normal, action)
    try {
      return as(globalShortcut.register(accelerator, run) ? 'active' : 'taken')
    } catch {
      // Electron throws a TypeError on a key that this system does not have.
      return as('invalid')
    }
  }

  register()
  const stop = settings.follow(register)
  return {
    list: statuses.get,
    follow: statuses.follow,
    set(action, accelerator) {
      registeredFor = ''
      settings.change({ shortcuts: { ...settings.get().shortcuts, [action]: accelerator } })
      return statuses.get()
    },
    pause(on) {
      paused = on
      globalShortcut.setSuspended(on)
    },
    stop() {
      stop()
      globalShortcut.unregisterAll()
    },
  }
}
