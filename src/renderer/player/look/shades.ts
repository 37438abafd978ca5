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

const hex = (rgb: Rgb) => `#${rgb.map(value => value.toString(16).padStart(2, '0')).join('')}`

/** Hue 0 to 360, saturation and lightness 0 to 1. */
function toHsl([red, green, blue]: Rgb): [number, number, number] {
  const [r, g, b] = [red / 255, green / 255, blue / 255]
  const [max, min] = [Math.max(r, g, b), Math.min(r, g, b)]
  const [lightness, range] = [(max + min) / 2, max - min]
  if (range === 0) return [0, 0, lightness]
  const saturation = range / (1 - Math.abs(2 * lightness - 1))
  const turn = max === r ? ((g - b) / range + 6) % 6 : max === g ? (b - r) / range + 2 : (r - g) / range + 4
  return [turn * 60, saturation, lightness]
}

function fromHsl(hue: number, saturation: number, lightness: number): Rgb {
  const reach = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number) => {
    const at = (offset + hue / 30) % 12
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(at - 3, 9 - at, 1))))
  }
  return [channel(0), channel(8), channel(4)]
}

/** Light enough for letters over dark boxes and outlines; dark enough for letters on white. */
const BRIGHT = 0.46
const DEEP = 0.14
/** What is hardly a colour stays a grey. */
const GREY = 0.12

/**
 * A speaker's colour in the shades that themes need: `bright` for letters on dark, `deep` for letters on light. The hue
 * stays; a pale colour is made more vivid on the way, or names would all look alike.
 */
export function shadesOf(rgb: Rgb): { bright: string; deep: string } {
  const [hue, saturation, lightness] = toHsl(rgb)
  const vivid = saturation < GREY ? saturation : Math.max(saturation, 0.86)
  const seek = (step: number, enough: (rgb: Rgb) => boolean): string => {
    if (enough(rgb)) return hex(rgb)
    for (let at = lightness; at >= 0 && at <= 1; at += step) {
      const shade = fromHsl(hue, vivid, at)
      if (enough(shade)) return hex(shade)
    }
    return step > 0 ? '#ffffff' : '#000000'
  }
  return {
    bright: seek(0.02, shade => luminance(shade) >= BRIGHT),
    deep: seek(-0.02, shade => luminance(shade) <= DEEP),
  }
}
