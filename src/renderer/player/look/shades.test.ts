import { expect, test } from 'vitest'
import { luminance, type Rgb, shadesOf } from './shades.ts'

const read = (hex: string): Rgb =>
  [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb
const contrast = (a: Rgb, b: Rgb) => {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

test.each(['#b8325f', '#1f7468', '#2f61a8', '#ffff00', '#000000', '#ffffff', '#0000ff'])(
  'letters in the shades of %s can be read on dark and on light',
  colour => {
    const { bright, deep } = shadesOf(read(colour))
    expect(contrast(read(bright), [16, 18, 27])).toBeGreaterThan(7)
    expect(contrast(read(deep), [255, 255, 255])).toBeGreaterThan(4.5)
  },
)

test('a colour that is light enough stays as it is', () => {
  expect(shadesOf([255, 215, 106]).bright).toBe('#ffd76a')
})
