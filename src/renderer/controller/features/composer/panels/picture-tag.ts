/** How a picture stands in the line; lengths in em of the line's text. */
export interface PictureLook {
  height: number
  /** At its left and right. */
  margin: number
  /** Read to those who do not see it. */
  alt: string
  /** Large pixels stay sharp. */
  pixelated: boolean
}

/** The picture as markup (docs/markup.md). */
export function pictureTag(url: string, { height, margin, alt, pixelated }: PictureLook): string {
  const parts = [`img=${url}`, `h=${height}`]
  if (margin > 0) parts.push(`ml=${margin}`, `mr=${margin}`)
  if (pixelated) parts.push('pixelated')
  // Line breaks and brackets would end the tag.
  const words = alt
    .trim()
    .replace(/[[\]\r\n]/g, ' ')
    .replace(/["\\]/g, '\\$&')
  if (words !== '') parts.push(`alt="${words}"`)
  return `[${parts.join(' ')}]`
}
