import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeIcns, makeIco } from './icon-files.ts'

const PNG = Buffer.from('89504e470d0a1a0a', 'hex')
const resources = resolve(import.meta.dirname, '../resources')

const picture = (pixels: number) => ({ pixels, png: PNG, rgba: new Uint8Array(pixels * pixels * 4).fill(7) })

/** What the directory of a .ico names: pixels, and the bytes that lie where it points. */
function readIco(file: Buffer): { pixels: number; bytes: Buffer }[] {
  expect(file.readUInt16LE(2)).toBe(1)
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index
    const [length, offset] = [file.readUInt32LE(entry + 8), file.readUInt32LE(entry + 12)]
    expect(offset + length).toBeLessThanOrEqual(file.length)
    return { pixels: file.readUInt8(entry) || 256, bytes: file.subarray(offset, offset + length) }
  })
}

function readIcns(file: Buffer): Map<string, Buffer> {
  expect(file.toString('latin1', 0, 4)).toBe('icns')
  expect(file.readUInt32BE(4)).toBe(file.length)
  const found = new Map<string, Buffer>()
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4))
    found.set(file.toString('latin1', at, at + 4), file.subarray(at + 8, at + file.readUInt32BE(at + 4)))
  return found
}

/** Width of a PNG, by its header. */
const widthOf = (png: Buffer) => {
  expect(png.subarray(0, 8)).toEqual(PNG)
  return png.readUInt32BE(16)
}

describe('an icon of Windows', () => {
  it('holds bitmaps upside down with a mask, and a large one as PNG', () => {
    const one = {
      pixels: 2,
      png: PNG,
      rgba: Uint8Array.from([1, 2, 3, 255, 4, 5, 6, 0, 7, 8, 9, 255, 10, 11, 12, 255]),
    }
    const [small, large] = readIco(makeIco([one, picture(256)]))
    expect(small?.bytes.readInt32LE(8)).toBe(4)
    expect([...(small?.bytes.subarray(40) ?? [])]).toEqual([
      ...[9, 8, 7, 255, 12, 11, 10, 255],
      ...[3, 2, 1, 255, 6, 5, 4, 0],
      ...[0, 0, 0, 0],
      ...[0b0100_0000, 0, 0, 0],
    ])
    expect(large).toEqual({ pixels: 256, bytes: PNG })
  })

  it('is ours in every size that Windows shows', () => {
    const sizes = readIco(readFileSync(resolve(resources, 'icon.ico')))
    expect(sizes.map(one => one.pixels)).toEqual([16, 24, 32, 48, 64, 128, 256])
    for (const { pixels, bytes } of sizes)
      expect(pixels === 256 ? widthOf(bytes) : bytes.readInt32LE(4)).toBe(pixels)
  })
})

describe('an icon of macOS', () => {
  it('leaves out what it has no kind for', () => {
    expect([...readIcns(makeIcns([picture(16), picture(256)])).keys()]).toEqual(['ic08', 'ic13'])
  })

  it('is ours in every size, for one and for two pixels a point', () => {
    const kinds = readIcns(readFileSync(resolve(resources, 'icon.icns')))
    const widths = Object.fromEntries([...kinds].map(([kind, png]) => [kind, widthOf(png)]))
    expect(widths).toEqual({
      ic11: 32,
      ic12: 64,
      ic07: 128,
      ic08: 256,
      ic13: 256,
      ic09: 512,
      ic14: 512,
      ic10: 1024,
    })
  })
})
