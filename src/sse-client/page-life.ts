import { root } from './platform.ts'

/**
 * Watches what happens to the page or worker around a stream. Returns what ends the watch.
 * Where there is no such thing (Node) it does nothing.
 *
 * @param onWake The network is back, or the page thawed or came in sight: a good moment to look after the stream.
 * @param onAway The page went into the back/forward cache (or, if asked, out of sight): open connections keep it from there.
 * @param onBack It is back from where `onAway` saw it go.
 * @param hiddenIsAway Whether to take a hidden page for away.
 */
export function watchPageLife(
  onWake: () => void,
  onAway: () => void,
  onBack: () => void,
  hiddenIsAway?: boolean,
): () => void {
  const { document } = root
  const isHidden = () => document?.hidden
  const onShow = () => {
    if (hiddenIsAway && isHidden()) return onAway()
    onBack()
    if (!isHidden()) onWake()
  }
  const onHide = (event: Event) => {
    if ((event as PageTransitionEvent).persisted) onAway()
  }
  const each = (method: 'addEventListener' | 'removeEventListener') => {
    root[method]?.('online', onWake)
    root[method]?.('pagehide', onHide)
    root[method]?.('pageshow', onShow)
    document?.[method]('resume', onWake)
    document?.[method]('visibilitychange', onShow)
  }
  each('addEventListener')
  if (hiddenIsAway && isHidden()) onAway()
  return () => each('removeEventListener')
}
