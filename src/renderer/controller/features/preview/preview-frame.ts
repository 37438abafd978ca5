import { playerStyles } from '../../../player/styles-text.ts'

/**
 * Makes an empty frame a page for the player: there, viewport units, media queries and the player's own styles
 * mean what they mean on the real page, and the controller's styles do not reach in. It loads nothing, so that
 * it costs no connection.
 * @returns where to mount the player.
 */
export function preparePlayerPage(frame: HTMLIFrameElement): HTMLElement {
  const page = frame.contentDocument!
  // The frame must stay see-through in the dark scheme too: a page of another scheme than its frame is opaque.
  page.documentElement.style.colorScheme = 'normal'
  const style = page.createElement('style')
  style.textContent = playerStyles
  page.head.append(style)
  return page.body
}
