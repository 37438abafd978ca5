import { describe, expect, test } from 'vitest'
import { LINE_SOUNDS, TIMBRES } from '../../../shared/sounds.ts'
import { CLICKS, LINE_STARTS, PEAK, renderSound } from './timbres.ts'

const RATE = 48_000
const sounds = [
  ...TIMBRES.map(name => [name, CLICKS[name]] as const),
  ...LINE_SOUNDS.map(name => [name, LINE_STARTS[name]] as const),
]

describe.each(sounds)('the sound %s', (_name, recipe) => {
  const samples = renderSound(recipe, RATE)
  const peak = samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0)

  test('peaks at -18 dBFS', () => {
    expect(20 * Math.log10(peak)).toBeCloseTo(-18, 1)
    expect(peak).toBeCloseTo(PEAK, 4)
  })

  test('begins and ends in silence', () => {
    expect(Math.abs(samples[0]!)).toBeLessThan(PEAK * 0.2)
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(PEAK * 0.02)
  })

  test('holds nothing but finite samples, and is the same each time', () => {
    expect(samples.every(Number.isFinite)).toBe(true)
    // A headset that takes calls has no more than these a second.
    expect(renderSound(recipe, 8_000).every(Number.isFinite)).toBe(true)
    expect(renderSound(recipe, RATE)).toEqual(samples)
  })
})

test('no two of them are alike', () => {
  const heads = sounds.map(([, recipe]) => renderSound(recipe, RATE).slice(100, 400).join())
  expect(new Set(heads).size).toBe(sounds.length)
})
