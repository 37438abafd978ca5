import type { Rectangle } from '../../../preload/desktop-settings.ts'

/** Where an overlay lies, as plain geometry in device-independent pixels. */

export type Handle = 'move' | 'n' | 'e' | 's' | 'w' | 'ne' | 'nw' | 'se' | 'sw'

/** Smaller than this it could not be seen or grabbed any more. */
export const MIN_SIZE = { width: 240, height: 120 }
/** How near an edge a window sticks to it. */
const SNAP = 12

/** The lower third of a display, as a dialogue box wants. */
export function defaultPlace(area: Rectangle): Rectangle {
  const width = Math.min(area.width, Math.max(MIN_SIZE.width, Math.round(area.width * 0.8)))
  const height = Math.min(area.height, Math.max(MIN_SIZE.height, Math.round((width * 9) / 16)))
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + area.height - height,
    width,
    height,
  }
}

/** As near as possible to where it was, but wholly inside the area. */
export function bringInside(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(bounds.width, area.width)
  const height = Math.min(bounds.height, area.height)
  return {
    x: clamp(bounds.x, area.x, area.x + area.width - width),
    y: clamp(bounds.y, area.y, area.y + area.height - height),
    width,
    height,
  }
}

/** Relative to a display, so that it stays right when displays are arranged anew. */
export function toPlace(bounds: Rectangle, display: Rectangle): Rectangle {
  return { ...bounds, x: bounds.x - display.x, y: bounds.y - display.y }
}

export function fromPlace(place: Rectangle, display: Rectangle): Rectangle {
  return { ...place, x: place.x + display.x, y: place.y + display.y }
}

/** Moves or resizes by what the pointer went since it took the handle. */
export function drag(start: Rectangle, handle: Handle, dx: number, dy: number): Rectangle {
  const [x, y] = [Math.round(dx), Math.round(dy)]
  if (handle === 'move') return { ...start, x: start.x + x, y: start.y + y }
  const right = start.x + start.width
  const bottom = start.y + start.height
  const result = { ...start }
  if (handle.includes('e')) result.width = Math.max(MIN_SIZE.width, start.width + x)
  if (handle.includes('s')) result.height = Math.max(MIN_SIZE.height, start.height + y)
  // The opposite edge stays where it is, also at the smallest size.
  if (handle.includes('w')) {
    result.width = Math.max(MIN_SIZE.width, start.width - x)
    result.x = right - result.width
  }
  if (handle.includes('n')) {
    result.height = Math.max(MIN_SIZE.height, start.height - y)
    result.y = bottom - result.height
  }
  return result
}

/** Sticks to the edges and the middle of the area when near. */
export function snap(bounds: Rectangle, handle: Handle, area: Rectangle): Rectangle {
  if (handle === 'move') {
    return {
      ...bounds,
      x: snapStart(bounds.x, bounds.width, area.x, area.width),
      y: snapStart(bounds.y, bounds.height, area.y, area.height),
    }
  }
  const result = { ...bounds }
  const right = near(bounds.x + bounds.width, area.x + area.width)
  const bottom = near(bounds.y + bounds.height, area.y + area.height)
  if (handle.includes('e')) result.width = right - bounds.x
  if (handle.includes('s')) result.height = bottom - bounds.y
  if (handle.includes('w')) {
    result.x = near(bounds.x, area.x)
    result.width = bounds.width + bounds.x - result.x
  }
  if (handle.includes('n')) {
    result.y = near(bounds.y, area.y)
    result.height = bounds.height + bounds.y - result.y
  }
  return result
}

function snapStart(start: number, size: number, areaStart: number, areaSize: number): number {
  const edges = [areaStart, areaStart + areaSize - size, areaStart + Math.round((areaSize - size) / 2)]
  return edges.find(edge => Math.abs(edge - start) <= SNAP) ?? start
}

function near(value: number, edge: number): number {
  return Math.abs(value - edge) <= SNAP ? edge : value
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high))
}
