/** The part of TypeScript's type grammar that `electron.d.ts` uses, as a tree to check values against. */
export type TypeNode =
  | { kind: 'keyword'; name: string }
  | { kind: 'literal'; value: string }
  | { kind: 'union'; of: TypeNode[] }
  | { kind: 'array'; of: TypeNode }
  | { kind: 'function' }
  | { kind: 'partial'; of: TypeNode }
  | { kind: 'record'; of: TypeNode }
  | { kind: 'reference'; name: string }
  | { kind: 'unknown' }

export interface Parameter {
  name: string
  type: TypeNode
  optional: boolean
  rest: boolean
  /** Electron's documentation says Integer; its types say number for every number. */
  integer: boolean
}

const KEYWORDS = new Set([
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
  'void',
  'any',
  'unknown',
  'object',
])
const ANYTHING: TypeNode = { kind: 'unknown' }

export function parseType(source: string): TypeNode {
  const text = source.trim()
  const members = splitTop(text, '|')
  if (members.length > 1) return { kind: 'union', of: members.map(parseType) }
  if (/^\(.*\) => /s.test(text) && isCallSignature(text)) return { kind: 'function' }
  if (text.endsWith('[]')) return { kind: 'array', of: parseType(text.slice(0, -2)) }
  if (text.startsWith('(') && text.endsWith(')')) return parseType(text.slice(1, -1))
  if (text.startsWith("'")) return { kind: 'literal', value: text.slice(1, -1) }
  if (KEYWORDS.has(text)) return { kind: 'keyword', name: text }
  const generic = /^(\w+)<(.*)>$/s.exec(text)
  if (generic?.[1] === 'Array') return { kind: 'array', of: parseType(generic[2] ?? '') }
  if (generic?.[1] === 'Partial') return { kind: 'partial', of: parseType(generic[2] ?? '') }
  const record = /^Record<(?:string|any), (.*)>$/s.exec(text)
  if (record) return { kind: 'record', of: parseType(record[1] ?? '') }
  if (generic) return ANYTHING
  if (/^[\w.]+$/.test(text)) return { kind: 'reference', name: text.replace(/^Electron\./, '') }
  return ANYTHING
}

/** @param member a whole method declaration, `name(a: string, b?: number): void;` */
export function parseParameters(member: string): Parameter[] {
  const open = member.indexOf('(')
  const inside = member.slice(open + 1, closing(member, open))
  return splitTop(inside, ',').map(one => {
    const [, rest, name = '', optional, type = ''] = /^(\.\.\.)?(\w+)(\?)?: (.*)$/s.exec(one.trim()) ?? []
    return {
      name,
      type: parseType(type),
      optional: optional === '?',
      rest: rest !== undefined,
      integer: false,
    }
  })
}

function closing(text: string, open: number): number {
  let depth = 0
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')' && --depth === 0) return at
  }
  return text.length
}

function isCallSignature(text: string): boolean {
  return /^\)\s*=>/.test(text.slice(closing(text, 0)))
}

/** Splits at `separator` outside of brackets, quotes and arrows. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quoted = false
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === "'") quoted = !quoted
    if (quoted || (char === '>' && text[at - 1] === '=')) continue
    if ('({[<'.includes(char)) depth += 1
    if (')}]>'.includes(char)) depth -= 1
    if (char !== separator || depth > 0) continue
    // `(a) => x | y` is one function type: its result may be a union.
    if (separator === '|' && isCallSignature(text.trimStart()) && text.trimStart().startsWith('('))
      return [text]
    parts.push(text.slice(start, at))
    start = at + 1
  }
  const last = text.slice(start)
  if (last.trim() !== '') parts.push(last)
  return parts
}
