import { expect, test } from 'vitest'
import { readColour, writeColour } from './colour.ts'

/** Answers as a canvas does: what it does not know leaves the colour as it was. */
function canvas(known: Record<string, string>) {
  let colour = '#000000'
  return {
    get fillStyle() {
      return colour
    },
    set fillStyle(value: string) {
      const given = { '#000': '#000000', '#fff': '#ffffff', ...known }[value]
      if (given) colour = given
    },
  }
}

test('a colour is split into its hue and how opaque it is, and put together again', () => {
  const context = canvas({ 'rgb(30 36 54 / 86%)': 'rgba(30, 36, 54, 0.86)', tomato: '#ff6347' })
  expect(readColour('tomato', context)).toEqual({ hex: '#ff6347', alpha: 1 })
  expect(readColour('rgb(30 36 54 / 86%)', context)).toEqual({ hex: '#1e2436', alpha: 0.86 })
  expect(writeColour({ hex: '#1e2436', alpha: 0.86 })).toBe('#1e2436db')
  expect(writeColour({ hex: '#ff6347', alpha: 1 })).toBe('#ff6347')
})

test('transparent has no hue, and what is no colour is none', () => {
  const context = canvas({})
  expect(readColour('transparent', context)).toEqual({ hex: '#000000', alpha: 0 })
  expect(readColour('url(x)', context)).toBeNull()
})
