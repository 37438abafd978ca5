import { expect, test } from 'vitest'
import { contrast, contrastLevel, PALETTE } from './palette.ts'

test('contrast is that of WCAG', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
  expect(contrast('#e5484d', '#e5484d')).toBe(1)
  expect([4.5, 3, 2.9].map(contrastLevel)).toEqual(['AAA', 'AA', 'poor'])
})

test('every colour is a colour of its own', () => {
  const all = PALETTE.flat().map(({ hex }) => hex)
  expect(new Set(all).size).toBe(all.length)
  for (const hex of all) expect(hex).toMatch(/^#[0-9a-f]{6}$/)
})
