/** A colour as red, green and blue, 0 to 255; null where it is none. */
export type Rgb = readonly [number, number, number]

let context: CanvasRenderingContext2D | null = null

/** Reads any CSS colour with the browser's own parser; its transparency is left out. */
export function readColour(css: string): Rgb | null {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return null
  // An invalid colour leaves the one before: two different ones tell.
  context.fillStyle = '#000'
  context.fillStyle = css
  const first = context.fillStyle
  context.fillStyle = '#fff'
  context.fillStyle = css
  if (first !== context.fillStyle) return null
  const hex = /^#(..)(..)(..)$/.exec(first)
  if (hex) return [1, 2, 3].map(index => Number.parseInt(hex[index]!, 16)) as unknown as Rgb
  const rgba = /^rgba?\((\d+), (\d+), (\d+)/.exec(first)
  return rgba ? ([1, 2, 3].map(index => Number(rgba[index])) as unknown as Rgb) : null
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance([red, green, blue]: Rgb): number {
  const linear = (value: number) => {
    const part = value / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

const mix = (from: Rgb, to: Rgb, amount: number): Rgb =>
  from.map((value, index) => Math.round(value + (to[index]! - value) * amount)) as unknown as Rgb
const hex = (rgb: Rgb) => `#${rgb.map(value => value.toString(16).padStart(2, '0')).join('')}`

const WHITE: Rgb = [255, 255, 255]
const BLACK: Rgb = [0, 0, 0]
/** Light enough for letters over dark boxes and outlines; dark enough for letters on white. */
const BRIGHT = 0.5
const DEEP = 0.14

/**
 * A speaker's colour in the shades that themes need: `bright` for letters on dark, `deep` for letters on light. Both
 * keep the hue as far as its luminance allows.
 */
export function shadesOf(rgb: Rgb): { bright: string; deep: string } {
  const towards = (target: Rgb, enough: (rgb: Rgb) => boolean): string => {
    for (let amount = 0; amount < 1; amount += 0.05) {
      const shade = mix(rgb, target, amount)
      if (enough(shade)) return hex(shade)
    }
    return hex(target)
  }
  return {
    bright: towards(WHITE, shade => luminance(shade) >= BRIGHT),
    deep: towards(BLACK, shade => luminance(shade) <= DEEP),
  }
}
