/** A player narrower than this is upright, as a phone is. */
const PORTRAIT = 3 / 4
/** One that is lower than this, px, and broader than a cinema's screen is a strip: a source for the box alone. */
const STRIP_HEIGHT = 540
const STRIP = 2.5

function shapeOf(width: number, height: number): 'portrait' | 'strip' | 'landscape' {
  if (width / height <= PORTRAIT) return 'portrait'
  return height <= STRIP_HEIGHT && width / height >= STRIP ? 'strip' : 'landscape'
}

/** Of the shape's design pixels 1,080 are this many px; the style sheet says the same for a page of its own. */
const STAGES = {
  portrait: (width: number) => (width / 780) * 1080,
  strip: (width: number, height: number) => Math.min(1080, (height / 330) * 1080, (width / 780) * 1080),
  landscape: (width: number, height: number) => Math.min(height, (width * 9) / 16),
}

/**
 * Tells the style sheets the player's shape (`data-shape`) and, where it does not fill its page, its size (`--stage`):
 * a media query would ask about the page that it is embedded in.
 *
 * @returns stops it
 */
export function watchShape(player: HTMLElement): () => void {
  const root = player.parentElement
  function measure(): void {
    take(player.clientWidth, player.clientHeight)
  }
  function take(width: number, height: number): void {
    if (width === 0 || height === 0) return
    const shape = shapeOf(width, height)
    player.dataset.shape = shape
    if (root !== player.ownerDocument.body)
      player.style.setProperty('--stage', `${STAGES[shape](width, height)}px`)
  }
  // A page of its own is as large as its window, which is known without laying anything out.
  const view = player.ownerDocument.defaultView
  if (root === player.ownerDocument.body && view) take(view.innerWidth, view.innerHeight)
  else measure()
  const observer = new ResizeObserver(measure)
  observer.observe(player)
  return () => observer.disconnect()
}
