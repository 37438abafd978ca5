/** What the browser's colour field takes: `#rrggbb`, and how opaque it is (0 to 1). */
export interface PickedColour {
  hex: string
  alpha: number
}

/**
 * Reads any CSS colour, by the browser's own parser. @returns null for what is none.
 * @param context a 2d canvas: its `fillStyle` gives colours back as `#rrggbb` or `rgba(r, g, b, a)`
 */
export function readColour(
  css: string,
  context: Pick<CanvasRenderingContext2D, 'fillStyle'>,
): PickedColour | null {
  if (css.trim() === 'transparent') return { hex: '#000000', alpha: 0 }
  // A colour that is not understood leaves the old one; two different old ones tell.
  context.fillStyle = '#000'
  context.fillStyle = css
  const first = context.fillStyle
  context.fillStyle = '#fff'
  context.fillStyle = css
  const written = context.fillStyle
  if (typeof written !== 'string' || written !== first) return null
  if (written.startsWith('#')) return { hex: written, alpha: 1 }
  const parts = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(written)
  if (!parts) return null
  const hex = [parts[1], parts[2], parts[3]].map(part => Number(part).toString(16).padStart(2, '0')).join('')
  return { hex: `#${hex}`, alpha: parts[4] === undefined ? 1 : Number(parts[4]) }
}

/** `#rrggbb`, or `#rrggbbaa` where it is not opaque: valid in every browser that the player meets. */
export function writeColour({ hex, alpha }: PickedColour): string {
  if (alpha >= 1) return hex
  const byte = Math.round(Math.max(0, alpha) * 255)
  return `${hex}${byte.toString(16).padStart(2, '0')}`
}
