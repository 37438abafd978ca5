/** One size of an icon. */
export interface Picture {
  /** Width and height. */
  pixels: number
  png: Buffer
  /** Four bytes a pixel (red, green, blue, alpha), from the upper left, row by row. */
  rgba: Uint8Array
}

const ICO_HEADER = 6
const ICO_ENTRY = 16

/**
 * Windows' .ico: the largest as PNG, the others as bitmaps, which everything that reads icons there understands.
 *
 * @param pictures of at most 256 pixels, the format's limit
 */
export function makeIco(pictures: Picture[]): Buffer {
  const images = pictures.map(one => (one.pixels >= 256 ? one.png : bitmapOf(one)))
  const header = Buffer.alloc(ICO_HEADER + ICO_ENTRY * pictures.length)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)
  let offset = header.length
  for (const [index, { pixels }] of pictures.entries()) {
    const entry = ICO_HEADER + ICO_ENTRY * index
    const { length } = images[index] ?? Buffer.alloc(0)
    // 256 is written as 0.
    header.writeUInt8(pixels % 256, entry)
    header.writeUInt8(pixels % 256, entry + 1)
    header.writeUInt16LE(1, entry + 4)
    header.writeUInt16LE(32, entry + 6)
    header.writeUInt32LE(length, entry + 8)
    header.writeUInt32LE(offset, entry + 12)
    offset += length
  }
  return Buffer.concat([header, ...images])
}

/** A BITMAPINFOHEADER, the colours from the lower left (blue, green, red, alpha), then a bit a pixel that is 1 where nothing is drawn. */
function bitmapOf({ pixels, rgba }: Picture): Buffer {
  const header = Buffer.alloc(40)
  header.writeUInt32LE(40, 0)
  header.writeInt32LE(pixels, 4)
  // Of colours and mask together.
  header.writeInt32LE(pixels * 2, 8)
  header.writeUInt16LE(1, 12)
  header.writeUInt16LE(32, 14)
  const colours = Buffer.alloc(pixels * pixels * 4)
  const maskRow = Math.ceil(pixels / 32) * 4
  const mask = Buffer.alloc(maskRow * pixels)
  for (let y = 0; y < pixels; y += 1) {
    for (let x = 0; x < pixels; x += 1) {
      const from = ((pixels - 1 - y) * pixels + x) * 4
      const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(from, from + 4)
      colours.set([blue, green, red, alpha], (y * pixels + x) * 4)
      const at = y * maskRow + (x >> 3)
      if (alpha === 0) mask[at] = (mask[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return Buffer.concat([header, colours, mask])
}

/** The kinds of a .icns that hold a PNG, by their pixels; those of a display with two pixels a point have a second one. */
const ICNS_KINDS: Record<number, string[]> = {
  32: ['ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/** macOS' .icns. @param pictures those of another size than 32, 64, 128, 256, 512 or 1024 are left out */
export function makeIcns(pictures: Picture[]): Buffer {
  const parts = pictures.flatMap(({ pixels, png }) =>
    (ICNS_KINDS[pixels] ?? []).flatMap(kind => [blockHead(kind, png.length), png]),
  )
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([blockHead('icns', length), ...parts])
}

/** A name of four letters, and the length with this head. */
function blockHead(name: string, length: number): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32BE(length + head.length, 4)
  return head
}
