import { root } from './platform.ts'

export interface PageLifeCallbacks {
  /** The page was frozen, asleep or hidden, or the network away, and is back. */
  onWake: () => void
  /** The page went out of sight (true) or came back (false). */
  onHidden?: ((hidden: boolean) => void) | undefined
}

/**
 * Watches what happens to the page or worker around a stream. Returns what ends the watch.
 * Where there is no such thing (Node) it does nothing.
 */
export function watchPageLife({ onWake, onHidden }: PageLifeCallbacks): () => void {
  const { document } = root
  const onVisibility = () => {
    if (onHidden) onHidden(document.hidden)
    if (!document.hidden) onWake()
  }
  const listeners: [EventTarget | undefined, string, () => void][] = [
    [root, 'online', onWake],
    [root, 'pageshow', onWake],
    [document, 'resume', onWake],
    [document, 'visibilitychange', onVisibility],
  ]
  for (const [target, type, listener] of listeners) target?.addEventListener?.(type, listener)
  if (onHidden && document?.hidden) onHidden(true)
  return () => {
    for (const [target, type, listener] of listeners) target?.removeEventListener?.(type, listener)
  }
}
