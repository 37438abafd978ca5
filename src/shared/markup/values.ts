/**
 * What a message may put into a style or an address. Messages come from anybody who may send, so everything that ends
 * up in CSS or in a `src` passes one of these checks; there is no way to hand raw CSS or HTML through.
 */

const NAMED_COLOUR = /^[a-z]{3,24}$/i
const HEX_COLOUR = /^#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i
/** Numbers, per cent, degrees, commas and slashes only: no nested functions, no `url()`, no `var()`. */
const COLOUR_FUNCTION = /^(?:rgb|hsl)a?\(\s*[\d.%\s,/+-]{1,60}(?:deg)?[\d.%\s,/+-]{0,60}\)$/i
/** Words that CSS gives another meaning than a colour. */
const CSS_WIDE = /^(?:inherit|initial|unset|revert|revert-layer|none|auto|default)$/i

/** A CSS colour that is a name, a hex code or rgb()/hsl() of plain numbers. */
export function isColour(value: string): boolean {
  return (
    HEX_COLOUR.test(value) ||
    (NAMED_COLOUR.test(value) && !CSS_WIDE.test(value)) ||
    COLOUR_FUNCTION.test(value)
  )
}

/** At most 350,000 characters (some 256 KiB of picture) of an image inside the message itself. */
const MAX_DATA_URL = 350_000
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp|avif|bmp);base64,[A-Za-z0-9+/]+={0,2}$/
/** No white space, quotes, brackets, controls or backslashes: they mean something to CSS, to markup or to browsers. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the purpose
const UNSAFE_IN_URL = /[\u0000-\u0020\u007f"'`<>\\[\]{}|^]/

/**
 * An address that an image may load from: http(s), a path of this server (`/…`, but not `//host`), or a raster image
 * as a base64 `data:` URL. SVG is refused as data: it can carry scripts and external references.
 */
export function isImageUrl(value: string): boolean {
  if (value.length > MAX_DATA_URL) return false
  if (value.startsWith('data:')) return DATA_IMAGE.test(value)
  if (value.length > 2048 || UNSAFE_IN_URL.test(value)) return false
  if (value.startsWith('/')) return !value.startsWith('//')
  return /^https?:\/\/[^/]/i.test(value)
}

/** `pack:name` or `name`: letters of any script, digits, `_`, `-`, `+`, `.`. */
export function isEmoteName(value: string): boolean {
  return value.length <= 64 && /^[\p{L}\p{M}\p{N}_+.-]+(?::[\p{L}\p{M}\p{N}_+.-]+)?$/u.test(value)
}

/** A CSS class name that a theme may style: a letter, then letters, digits, `-` and `_`. */
export function isClassName(value: string): boolean {
  return /^[a-z][a-z0-9_-]{0,39}$/i.test(value)
}

/** Brings `value` into `[min, max]`. */
export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}
