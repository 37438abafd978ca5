/**
 * A font of many pieces comes piece by piece, as lines need them: letters that stand there already would move when theirs arrives.
 * So a line whose piece is on its way begins to be seen a moment later, and the line behind it asks for its own in time.
 */
export interface FontGate {
  /** Hides a line that is about to be typed until its letters have their font, where they have not. It is in the document. */
  hold(line: HTMLElement, letters: string): void
  /** Asks for what a line that waits for its turn will need. */
  prepare(letters: string): void
}

/** Milliseconds that a line is hidden at the most: then the system's font stands in. */
const PATIENCE = 120
/** Characters that are looked at: what stands further behind is typed later than any piece takes. */
const LOOK_AHEAD = 80

/** @param text what the lines take their font from */
export function createFontGate(text: HTMLElement): FontGate {
  const { fonts } = text.ownerDocument
  const sample = (letters: string) => letters.slice(0, LOOK_AHEAD)

  function fontOf(element: HTMLElement): string {
    const { fontWeight, fontFamily } = getComputedStyle(element)
    return `${fontWeight} 16px ${fontFamily}`
  }

  return {
    hold(line, letters) {
      const [font, needed] = [fontOf(line), sample(letters)]
      if (needed === '' || fonts.check(font, needed)) return
      const show = () => line.classList.remove('sm-awaited')
      line.classList.add('sm-awaited')
      setTimeout(show, PATIENCE)
      fonts.load(font, needed).then(show, show)
    },
    prepare(letters) {
      const [font, needed] = [fontOf(text), sample(letters)]
      // One that cannot be had is replaced by the system's.
      if (needed !== '' && !fonts.check(font, needed)) fonts.load(font, needed).catch(() => undefined)
    },
  }
}
