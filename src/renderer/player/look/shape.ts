/** A player narrower than this is upright, as a phone is. */
const PORTRAIT = 3 / 4

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
    const portrait = width / height <= PORTRAIT
    player.dataset.shape = portrait ? 'portrait' : 'landscape'
    if (root === player.ownerDocument.body) return
    const stage = portrait ? (width / 780) * 1080 : Math.min(height, (width * 9) / 16)
    player.style.setProperty('--stage', `${stage}px`)
  }
  // A page of its own is as large as its window, which is known without laying anything out.
  const view = player.ownerDocument.defaultView
  if (root === player.ownerDocument.body && view) take(view.innerWidth, view.innerHeight)
  else measure()
  const observer = new ResizeObserver(measure)
  observer.observe(player)
  return () => observer.disconnect()
}
