import dotGothic from '@fontsource/dotgothic16/400.css?url'
import roundedMedium from '@fontsource/m-plus-rounded-1c/500.css?url'
import roundedBold from '@fontsource/m-plus-rounded-1c/700.css?url'
import notoSerifSc from '@fontsource-variable/noto-serif-sc/index.css?url'
import wenkai from 'lxgw-wenkai-screen-webfont/lxgwwenkaiscreen.css?url'
import type { Problems } from '../problems.ts'
import unifontEx from '../styles/pixel-font.css?url'

/**
 * The fonts of the app, by family: the style sheets that describe their pieces. Each is loaded once some text asks for
 * the family, whether a theme, a room or OBS's Custom CSS made it so; of its pieces the browser loads those in use.
 */
const SHEETS: Record<string, readonly string[]> = {
  'LXGW WenKai Screen': [wenkai],
  'M PLUS Rounded 1c': [roundedMedium, roundedBold],
  'M PLUS Rounded Latin': [roundedMedium, roundedBold],
  DotGothic16: [dotGothic],
  UnifontEX: [unifontEx],
  'Noto Serif SC Variable': [notoSerifSc],
}

/**
 * The pieces with the commonest characters are fetched before a line needs them, so that a letter is hardly ever
 * seen to change its shape. One character of a piece fetches the piece.
 */
const COMMON =
  'Aa1，。「」…！？的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里如用道行所然家事成方多经么去法学都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日のはをにがでたいしてこ私今何言思見'

export interface Fonts {
  /**
   * Looks which families the text asks for now, and loads those that are the app's.
   * @param named families that the room names: one that this computer has not is a problem
   */
  check(named: readonly string[]): void
  destroy(): void
}

/** Milliseconds until a name is looked for: who types one passes through many that are none. */
const NAMED_AFTER = 1_000

/** @param changed letters have other shapes now. */
export function createFonts(
  player: HTMLElement,
  changed: () => void,
  problems: Pick<Problems, 'tell' | 'settle'>,
): Fonts {
  const { fonts, head } = player.ownerDocument
  let namedBefore = ''
  let search: ReturnType<typeof setTimeout> | undefined
  const asked = new Set<string>()
  const timers = new Set<number>()

  function load(sheet: string, warm: () => void): void {
    if (head.querySelector(`link[href="${sheet}"]`)) {
      warm()
      return
    }
    const link = player.ownerDocument.createElement('link')
    link.rel = 'stylesheet'
    link.href = sheet
    link.onload = warm
    head.append(link)
  }

  function look(element: Element | null): void {
    if (!element) return
    const { fontFamily, fontWeight } = getComputedStyle(element)
    for (const [family, sheets] of Object.entries(SHEETS)) {
      if (!fontFamily.includes(family)) continue
      const key = `${family} ${fontWeight}`
      if (asked.has(key)) continue
      asked.add(key)
      const warm = () =>
        void fonts.load(`${fontWeight} 16px "${family}"`, COMMON).then(
          () => changed(),
          // The system's font stands in.
          () => undefined,
        )
      for (const sheet of sheets) load(sheet, warm)
    }
  }

  function isHere(family: string): boolean {
    for (const face of fonts) if (face.family.replace(/^["']|["']$/g, '') === family) return true
    return isInstalled(family)
  }

  function lookFor(named: readonly string[]): void {
    const key = named.join()
    if (key === namedBefore) return
    namedBefore = key
    clearTimeout(search)
    problems.settle(({ code }) => code === 'font-missing')
    if (named.length === 0) return
    search = setTimeout(() => {
      for (const family of named)
        if (!(family in SHEETS || isHere(family))) problems.tell({ code: 'font-missing', name: family })
    }, NAMED_AFTER)
  }

  return {
    check(named) {
      lookFor(named)
      // After this frame: a line that is about to be shown goes first.
      const timer = window.setTimeout(() => {
        timers.delete(timer)
        look(player.querySelector('.sm-text') ?? player)
        look(player.querySelector('.sm-name'))
      })
      timers.add(timer)
    },
    destroy() {
      clearTimeout(search)
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

const SAMPLE = 'mmmmmmmmmmlli漢字あ한'
const GENERIC = ['monospace', 'serif', 'sans-serif']

/** A font that is there makes a text as wide whatever would stand in for it, or at least not as wide as all of them do. */
function isInstalled(family: string): boolean {
  const context = document.createElement('canvas').getContext('2d')
  if (!context) return true
  const width = (font: string) => {
    context.font = `32px ${font}`
    return context.measureText(SAMPLE).width
  }
  return GENERIC.some(generic => width(`"${family}", ${generic}`) !== width(generic))
}
