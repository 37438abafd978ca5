import { playerStyles } from '../../../player/styles-text.ts'

/** An empty page of the server with a player's policy: styles of a theme and pictures by their address are allowed in it, not in the controller. */
export const PREVIEW_PAGE = '/admin/preview'

/**
 * Makes the empty page in the frame one for the player: there, viewport units, media queries and the player's own styles
 * mean what they mean on the real page, and the controller's styles do not reach in. It loads nothing, so that
 * it costs no connection.
 * @returns where to mount the player; null where the server did not answer with the page.
 */
export function preparePlayerPage(frame: HTMLIFrameElement): HTMLElement | null {
  const page = frame.contentDocument
  if (page?.title !== 'Preview') return null
  // The frame must stay see-through in the dark scheme too: a page of another scheme than its frame is opaque.
  page.documentElement.style.colorScheme = 'light'
  const style = page.createElement('style')
  style.textContent = playerStyles
  page.head.append(style)
  return page.body
}
