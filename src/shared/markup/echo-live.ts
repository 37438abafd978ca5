/**
 * Echo-Live's messages, the JSON that its editor sends and its files hold, turned into fragments. Written from its
 * documentation; its users can bring their files. Raw CSS is not taken over, only the declarations in it that have a
 * meaning here.
 */
import type { Line, Style } from '../fragments.ts'
import { echoPicture, echoSprite } from './echo-picture.ts'
import { echoStyle } from './echo-style.ts'
import { record } from './read-style.ts'
import { readFragment, readFragments } from './sanitise.ts'

/** Echo-Live's loop, where a line says nothing else: milliseconds a unit. */
const DEFAULT_TICK = 30

/** What `data` of a fragment, or `customData` of a line, does before its text. */
function echoData(value: unknown, style?: Style): unknown[] {
  const given = record(value)
  if (given === undefined) return []
  const found: unknown[] = []
  if (given.username !== undefined) found.push({ speaker: given.username })
  if (given.character !== undefined) found.push({ sprite: echoSprite(given.character) })
  if (given.emoji !== undefined) found.push(emote(given.emoji, style))
  if (given.image !== undefined) {
    const picture = echoPicture(given.image)
    if (picture) found.push(style === undefined ? picture : { ...picture, style })
  }
  return found
}

/** Its files, and the tools that write them, have numbers as texts too: `"printSpeed": "30"`. */
function echoNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** Its documentation has `printEnd` in `data`, its code in `data.action`. */
function goesOn(value: unknown): boolean {
  const data = record(value)
  return data?.printEnd === 'next' || record(data?.action)?.printEnd === 'next'
}

/** One fragment of Echo-Live's may stand for several of ours. */
function echoFragment(value: unknown, tick: number): unknown[] {
  const given = record(value)
  if (given === undefined) return [value]
  const style = echoStyle(given.style, given.class, echoNumber(given.speed))
  const found: unknown[] = []
  if (given.event !== undefined) found.push({ effect: given.event })
  // An emote or picture stands before the text: the editor puts what follows its code into the same fragment.
  found.push(...echoData(given.data, style))
  const text = typeof given.text === 'number' ? String(given.text) : given.text
  if (typeof text === 'string' && text !== '')
    found.push({ text, style, ruby: given.ruby, typed: given.typewrite })
  const pause = echoNumber(given.pause)
  if (pause !== undefined) found.push({ pause: pause * tick })
  if (goesOn(given.data)) found.push({ next: true })
  return found
}

function emote(name: unknown, style: Style | undefined): unknown {
  const fragment = { emote: name, style }
  return readFragment(fragment) ?? { text: `:${String(name)}:`, style }
}

/** One item of Echo-Live's `messages`: `{message, data?: {printSpeed?, customData?}}`. */
export function readEchoLine(value: unknown): Line {
  const given = record(value) ?? { message: value }
  const data = record(given.data)
  const said = echoNumber(data?.printSpeed)
  const printSpeed = said === undefined ? undefined : Math.max(4, said)
  const parts = Array.isArray(given.message) ? given.message : [given.message]
  const fragments = readFragments([
    ...echoData(data?.customData),
    ...parts.flatMap(part => echoFragment(part, printSpeed ?? DEFAULT_TICK)),
    ...(goesOn(data?.customData) || goesOn(data) ? [{ next: true }] : []),
  ])
  return printSpeed === undefined ? { fragments } : { fragments, tick: Math.min(printSpeed, 10_000) }
}
