/** As `--font-emoji` in styles.css. */
const FONT = '16px "Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif'

const known = new Map<string, boolean>()
let context: CanvasRenderingContext2D | null | undefined

/** The pixels of an emoji in a colour: a picture of its own has none of it, the box of a missing glyph has. */
function draw(text: string, colour: string): string {
  context!.clearRect(0, 0, 20, 20)
  context!.fillStyle = colour
  context!.fillText(text, 0, 16)
  return context!.getImageData(0, 0, 20, 20).data.join()
}

/** Some fonts have nothing at all for what they do not know. */
function isPicture(text: string): boolean {
  const pixels = draw(text, '#f00')
  return /[1-9]/.test(pixels) && pixels === draw(text, '#00f')
}

/** @returns false for an emoji newer than the fonts of this computer: it would be an empty box. */
export function isDrawn(text: string): boolean {
  const answer = known.get(text)
  if (answer !== undefined) return answer
  if (context === undefined) {
    const canvas = document.createElement('canvas')
    canvas.width = 20
    canvas.height = 20
    context = canvas.getContext('2d', { willReadFrequently: true })
    if (context) context.font = FONT
    // Without a font of coloured emoji nothing can be told.
    if (context && draw('😀', '#f00') !== draw('😀', '#00f')) context = null
  }
  const drawn = context === null || isPicture(text)
  known.set(text, drawn)
  return drawn
}
