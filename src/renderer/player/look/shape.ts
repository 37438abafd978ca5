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
    const { clientWidth: width, clientHeight: height } = player
    if (width === 0 || height === 0) return
    const portrait = width / height <= PORTRAIT
    player.dataset.shape = portrait ? 'portrait' : 'landscape'
    if (root === player.ownerDocument.body) return
    const stage = portrait ? (width / 780) * 1080 : Math.min(height, (width * 9) / 16)
    player.style.setProperty('--stage', `${stage}px`)
  }
  measure()
  const observer = new ResizeObserver(measure)
  observer.observe(player)
  return () => observer.disconnect()
}
