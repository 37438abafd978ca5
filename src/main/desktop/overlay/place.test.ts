import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bringInside, defaultPlace, drag, fromPlace, type Handle, MIN_SIZE, snap, toPlace } from './place.ts'

const area = { x: 1920, y: 0, width: 1280, height: 720 }
const handles: Handle[] = ['move', 'n', 'e', 's', 'w', 'ne', 'nw', 'se', 'sw']
const size = fc.integer({ min: 1, max: 8_000 })
const at = fc.integer({ min: -8_000, max: 8_000 })
const anywhere = fc.record({ x: at, y: at, width: size, height: size })
const screenArea = fc.record({
  x: at,
  y: at,
  width: fc.integer({ min: 320, max: 8_000 }),
  height: fc.integer({ min: 200, max: 8_000 }),
})

const isInside = (inner: typeof area, outer: typeof area) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

describe('a place on a screen', () => {
  it('is brought wholly inside, whatever it was', () => {
    fc.assert(
      fc.property(anywhere, screenArea, (bounds, screen) => isInside(bringInside(bounds, screen), screen)),
    )
  })

  it('is left alone when it is inside', () => {
    const bounds = { x: 2000, y: 10, width: 400, height: 300 }
    expect(bringInside(bounds, area)).toEqual(bounds)
  })

  it('is by default inside, in whole pixels', () => {
    fc.assert(
      fc.property(screenArea, screen => {
        const place = defaultPlace(screen)
        return isInside(place, screen) && Object.values(place).every(Number.isInteger)
      }),
    )
  })

  it('comes back the same from its display', () => {
    fc.assert(
      fc.property(anywhere, screenArea, (bounds, screen) => {
        expect(fromPlace(toPlace(bounds, screen), screen)).toEqual(bounds)
      }),
    )
  })
})

describe('a drag', () => {
  const start = { x: 100, y: 100, width: 600, height: 400 }

  it('moves the whole', () => {
    expect(drag(start, 'move', 10.4, -20.6)).toEqual({ x: 110, y: 79, width: 600, height: 400 })
  })

  it('of a handle keeps the opposite corner, and never goes under the smallest size', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...handles),
        fc.double({ min: -2_000, max: 2_000, noNaN: true }),
        at,
        (handle, dx, dy) => {
          const end = drag(start, handle, dx, dy)
          expect(Object.values(end).every(Number.isInteger)).toBe(true)
          expect(end.width).toBeGreaterThanOrEqual(MIN_SIZE.width)
          expect(end.height).toBeGreaterThanOrEqual(MIN_SIZE.height)
          if (handle === 'move') return
          if (handle.includes('w')) expect(end.x + end.width).toBe(700)
          else expect(end.x).toBe(100)
          if (handle.includes('n')) expect(end.y + end.height).toBe(500)
          else expect(end.y).toBe(100)
        },
      ),
    )
  })
})

describe('snapping', () => {
  it('sticks a moved window to edges and to the middle', () => {
    const bounds = { x: 1925, y: 700 - 300 + 15, width: 400, height: 300 }
    expect(snap(bounds, 'move', area)).toEqual({ x: 1920, y: 420, width: 400, height: 300 })
    expect(snap({ ...bounds, x: 2355 }, 'move', area).x).toBe(2360)
    expect(snap({ ...bounds, x: 2100, y: 150 }, 'move', area)).toEqual({ ...bounds, x: 2100, y: 150 })
  })

  it('sticks a dragged edge and leaves the others', () => {
    const bounds = { x: 2000, y: 100, width: 1195, height: 300 }
    expect(snap(bounds, 'e', area)).toEqual({ ...bounds, width: 1200 })
    expect(snap({ ...bounds, x: 1930, width: 400 }, 'w', area)).toEqual({
      x: 1920,
      y: 100,
      width: 410,
      height: 300,
    })
  })
})
