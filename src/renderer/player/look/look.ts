import { EASINGS } from '../../../shared/easings.ts'
import type { Layout } from '../../../shared/layouts.ts'
import type { RoomSettings } from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS } from '../../../shared/room-defaults.ts'
import type { SpeakerLook } from '../../../shared/speaker.ts'
import type { PlayerTheme } from '../../../shared/theme.ts'
import type { Problems } from '../problems.ts'
import type { Frame } from '../stage/frame.ts'
import { isBuiltInTheme, THEME_LAYOUTS, THEME_VARIANTS } from '../themes/built-in.ts'
import { createFonts } from './fonts.ts'
import { watchShape } from './shape.ts'
import { fontNames, roomTokens } from './tokens.ts'

/** What the page's address says of the look; it goes before the room's settings. */
export interface LookOverrides {
  theme?: string
  variant?: string
  layout?: Layout
  scale?: number
}

export interface LookOptions {
  frame: Frame
  overrides: LookOverrides
  /** Fetches a theme that does not come with the app; null where there is none of this id. */
  loadTheme(id: string): Promise<PlayerTheme | null>
  /** Sizes or letters have changed: text that was fitted must be fitted anew. */
  changed(): void
  problems: Pick<Problems, 'tell' | 'settle'>
}

/** Dresses the player in its room's look, and follows each change without a reload. */
export interface Look {
  apply(settings: RoomSettings): void
  /** Speakers may bring a theme along. */
  speakers(looks: readonly SpeakerLook[]): void
  /** A theme was changed on the server. */
  themeChanged(id: string, version: number): void
  /** A stream begins: what was changed while there was none was not told. */
  lookAgain(): void
  destroy(): void
}

export function createLook({ frame, overrides, loadTheme, changed, problems }: LookOptions): Look {
  const { player } = frame
  const document = player.ownerDocument
  const tokens = document.createElement('style')
  const sheets = new Map<string, HTMLStyleElement>()
  const loaded = new Map<string, PlayerTheme>()
  /** Themes that were asked for, with the number of the newest request. */
  const wanted = new Map<string, number>()
  let requests = 0
  /** Themes that the server does not have. */
  const missing = new Set<string>()
  const fonts = createFonts(player, changed, problems)
  let { look, typewriter } = DEFAULT_ROOM_SETTINGS
  const themes = new Map<string, string>()
  let destroyed = false
  // Several players may share a document (the controller's previews): each has tokens of its own.
  const mark = `p${Math.random().toString(36).slice(2, 10)}`
  player.dataset.player = mark
  document.head.append(tokens)
  const unwatch = watchShape(player)

  function dress(): void {
    const asked = [themes.get(player.dataset.speaker ?? ''), overrides.theme, look.theme]
    const id = asked.find(name => name && !missing.has(name)) ?? 'novel'
    const theme = loaded.get(id)
    if (!theme && !isBuiltInTheme(id)) {
      // Until it has come, what is there stays: nothing flashes.
      if (!wanted.has(id)) fetchTheme(id)
      if (player.dataset.theme) return
    }
    const base = theme ? theme.base : isBuiltInTheme(id) ? id : 'novel'
    const variants = theme ? theme.variants : THEME_VARIANTS[base ?? 'none']
    const variant = overrides.variant ?? look.variant
    const layout = overrides.layout || look.layout || (theme ? theme.layout : THEME_LAYOUTS[base ?? 'none'])
    set('theme', theme && base ? `${base} ${id}` : theme ? id : (base ?? 'none'))
    set('variant', variants.includes(variant) ? variant : (variants[0] ?? ''))
    set('layout', layout)
    set('effect', typewriter.effect)
    player.lang = look.language
    problems.settle(({ code }) => code === 'property-refused')
    // A rule in a layer, not an inline style: Custom CSS must be able to win.
    const css = [
      `--scale:${overrides.scale ?? look.scale}`,
      `--fresh:${typewriter.effectMs}ms`,
      `--fresh-easing:${EASINGS[typewriter.easing]}`,
      `--fresh-amount:${typewriter.effectAmount}`,
      ...roomTokens(look.tokens, problems.tell),
    ].join(';')
    const sheet = `@layer sm-room{.sm-player[data-player="${mark}"]{${css}}}`
    if (tokens.textContent !== sheet) tokens.textContent = sheet
    fonts.check(fontNames(look.tokens))
    changed()
  }

  /** Writes only what differs: an attribute that is set anew restarts transitions. */
  function set(name: 'theme' | 'variant' | 'layout' | 'effect', value: string): void {
    if (player.dataset[name] !== value) player.dataset[name] = value
  }

  function fetchTheme(id: string): void {
    const request = ++requests
    wanted.set(id, request)
    loadTheme(id).then(
      theme => {
        // An answer that came late is older than the one behind it.
        if (destroyed || wanted.get(id) !== request) return
        if (theme) missing.delete(id)
        else missing.add(id)
        problems.settle(
          problem => 'name' in problem && problem.name === id && problem.code.startsWith('theme-'),
        )
        if (theme && theme.version === loaded.get(id)?.version) return
        if (theme) {
          let sheet = sheets.get(id)
          if (!sheet) {
            sheet = document.createElement('style')
            sheets.set(id, sheet)
            document.head.append(sheet)
          }
          sheet.textContent = theme.css
          loaded.set(id, theme)
        } else {
          problems.tell({ code: 'theme-unknown', name: id })
        }
        dress()
      },
      () => {
        if (wanted.get(id) !== request) return
        wanted.delete(id)
        problems.tell({ code: 'theme-broken', name: id })
      },
    )
  }

  dress()
  // A speaker's own theme comes and goes with them.
  const spoken = new MutationObserver(() => themes.size > 0 && dress())
  spoken.observe(player, { attributeFilter: ['data-speaker'] })
  return {
    apply(settings) {
      look = settings.look
      typewriter = settings.typewriter
      dress()
    },
    speakers(looks) {
      themes.clear()
      for (const { name, theme } of looks) if (theme) themes.set(name, theme)
      dress()
    },
    themeChanged(id, version) {
      if (!wanted.has(id) || loaded.get(id)?.version === version) return
      fetchTheme(id)
    },
    lookAgain() {
      for (const id of [...wanted.keys()]) fetchTheme(id)
    },
    destroy() {
      destroyed = true
      unwatch()
      spoken.disconnect()
      tokens.remove()
      for (const sheet of sheets.values()) sheet.remove()
      fonts.destroy()
    },
  }
}
