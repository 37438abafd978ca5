import type { Style } from '../fragments.ts'
import { ANIMATIONS } from './names.ts'
import { clamp, isClassName, isColour } from './values.ts'

/** Reads one key of a style out of anything; undefined for what cannot be meant. */
type Rules = { [Key in keyof Required<Style>]: (value: unknown) => Style[Key] }

/** A number brought into range, to three decimals; other than a number: undefined. */
export function number(value: unknown, min: number, max: number): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined
  const rounded = Math.round(clamp(value, min, max) * 1000) / 1000
  // Minus zero would not survive being written down.
  return rounded === 0 ? 0 : rounded
}

function integer(value: unknown, min: number, max: number): number | undefined {
  const found = number(value, min, max)
  return found === undefined ? undefined : Math.round(found)
}

const flag = (value: unknown): true | undefined => (value === true ? true : undefined)
/** On one line, as a tag is. */
const colour = (value: unknown): string | undefined =>
  typeof value === 'string' && isColour(value.trim()) ? value.trim().replace(/\s+/g, ' ') : undefined

export function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

function list<Item>(value: unknown, read: (item: unknown) => Item | undefined, min: number, max: number) {
  if (!Array.isArray(value)) return undefined
  const items: Item[] = []
  for (const item of value.slice(0, max)) {
    const found = read(item)
    if (found !== undefined) items.push(found)
  }
  return items.length >= min ? items : undefined
}

function shadow(value: unknown): Style['shadow'] {
  const given = record(value)
  const color = colour(given?.color)
  if (given === undefined || color === undefined) return undefined
  return {
    x: number(given.x, -2, 2) ?? 0,
    y: number(given.y, -2, 2) ?? 0,
    blur: number(given.blur, 0, 2) ?? 0,
    color,
  }
}

const styleRules: Rules = {
  bold: flag,
  italic: flag,
  underline: flag,
  strike: flag,
  dots: flag,
  color: colour,
  background: colour,
  rainbow: flag,
  gradient: value => list(value, colour, 2, 6),
  gradientDown: flag,
  gleam: flag,
  size: value => number(value, 0.25, 4),
  weight: value => integer(value, 1, 1000),
  spacing: value => number(value, -0.5, 3),
  stretch: value => number(value, 50, 200),
  shadow,
  animation: value => ANIMATIONS.find(name => name === value),
  strength: value => integer(value, 1, 3),
  speed: value => number(value, 0.05, 50),
  tick: value => number(value, 0, 10_000),
  classes: value =>
    list(value, item => (typeof item === 'string' && isClassName(item) ? item : undefined), 1, 8),
}

const styleKeys = Object.keys(styleRules) as (keyof Style)[]

/** The valid part of `value` with its keys in a fixed order; undefined where nothing of it is. */
export function readStyle(value: unknown): Style | undefined {
  const given = record(value)
  if (given === undefined) return undefined
  const style: Record<string, unknown> = {}
  for (const key of styleKeys) {
    const found = key in given ? styleRules[key](given[key]) : undefined
    if (found !== undefined) style[key] = found
  }
  if (style.gradient === undefined) delete style.gradientDown
  // Strength says nothing without a movement.
  if (style.animation === undefined) delete style.strength
  // One pace: a tag of either kind replaces the other.
  if (style.tick !== undefined && style.speed !== undefined) {
    style.tick = number((style.tick as number) / (style.speed as number), 0, 10_000)
    delete style.speed
  }
  return Object.keys(style).length > 0 ? (style as Style) : undefined
}
