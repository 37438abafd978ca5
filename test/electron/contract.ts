import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Parameter, parseParameters, parseType, type TypeNode } from './contract-types.ts'

/**
 * What real Electron offers, read from the `electron.d.ts` of the installed version, so that the stand-in can refuse
 * what Electron would refuse: a call that does not exist, a wrong argument, an event that is never sent.
 */
export interface Shape {
  name: string
  parent: string | undefined
  /** Overloads by method name; the constructor is `constructor`, statics carry `static ` in front. */
  methods: Map<string, Parameter[][]>
  properties: Map<string, Property>
  events: Set<string>
  /** By member: the only systems that have it, as `process.platform` names them. */
  platforms: Map<string, string[]>
}

export interface Property {
  type: TypeNode
  optional: boolean
  /** The documentation says that Electron refuses a fraction here. */
  integer: boolean
}

export interface Contract {
  shapes: Map<string, Shape>
  aliases: Map<string, TypeNode>
  /** `app` -> `App`: what each exported object is an instance of; classes stand under their own name. */
  exports: Map<string, string>
}

/** Parameters that Electron's documentation calls Integer, by method: its types do not tell them from fractions. */
const WHOLE = new Map<string, string[]>(
  Object.entries({
    setSize: ['width', 'height'],
    setContentSize: ['width', 'height'],
    setMinimumSize: ['width', 'height'],
    setMaximumSize: ['width', 'height'],
    setPosition: ['x', 'y'],
    setAlwaysOnTop: ['relativeLevel'],
    'static fromId': ['id'],
    exit: ['exitCode'],
    getSystemIdleState: ['idleThreshold'],
    isStarted: ['id'],
  }),
)

const DECLARATION = /^ {2}(?:class|interface) (\w+)(?:<[^>]*>)?(?: extends ([\w.]+))?/
const EVENT = /^on\(event: '([^']+)'/

/** @throws when the file is not laid out as Electron's generator writes it (then this reader must learn). */
export function readContract(): Contract {
  const path = createRequire(import.meta.url).resolve('electron/electron.d.ts')
  const lines = readFileSync(path, 'utf8').split('\n')
  const contract: Contract = { shapes: new Map(), aliases: new Map(), exports: new Map() }
  let shape: Shape | undefined
  let comment = ''
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? ''
    if (line.startsWith('  namespace Common')) break
    const declared = DECLARATION.exec(line)
    if (declared) {
      shape = newShape(declared[1] ?? '', declared[2])
      contract.shapes.set(shape.name, shape)
    } else if (line === '  }') {
      shape = undefined
    } else if (/^ {2}type (\w+) = [^{]*;$/.test(line)) {
      const [, name = '', type = ''] = /^ {2}type (\w+) = (.*);$/.exec(line) ?? []
      contract.aliases.set(name, parseType(type))
    } else if (shape && /^ {4}(\/\*\*| \*)/.test(line)) {
      comment = line.includes('/**') ? line : comment + line
    } else if (shape && /^ {4}[\w(]/.test(line)) {
      let member = line.trim()
      while (!isWhole(member)) member += ` ${(lines[++at] ?? '').trim()}`
      addMember(shape, member, comment)
      comment = ''
    }
  }
  for (const line of lines.slice(lines.findIndex(one => one.includes('namespace CrossProcessExports')))) {
    const [, name, type] = /^ {4}const (\w+): (?:typeof )?(\w+);$/.exec(line) ?? []
    if (name && type) contract.exports.set(name, type)
    const [, className] = /^ {4}class (\w+) extends/.exec(line) ?? []
    if (className) contract.exports.set(className, className)
  }
  if (!contract.shapes.has('BrowserWindow')) throw new Error(`${path} does not look like Electron's types`)
  return contract
}

function newShape(name: string, parent: string | undefined): Shape {
  return { name, parent, methods: new Map(), properties: new Map(), events: new Set(), platforms: new Map() }
}

function isWhole(member: string): boolean {
  let depth = 0
  for (const char of member.replace(/=>/g, '')) {
    if ('({[<'.includes(char)) depth += 1
    if (')}]>'.includes(char)) depth -= 1
  }
  return depth === 0 && member.endsWith(';')
}

function addMember(shape: Shape, member: string, comment: string): void {
  const integer = /must be an integer/.test(comment)
  const event = EVENT.exec(member)
  if (event?.[1]) shape.events.add(event[1])
  const method = /^(static )?(\w+)(?:<[^>]*>)?\((.*)\)(?:: .*)?;$/.exec(member)
  const property = /^(?:static )?(?:readonly )?(\w+)(\?)?: (.*);$/.exec(member)
  if (property && !/^(static )?\w+\(/.test(member)) {
    const [, name = '', optional, type = ''] = property
    notePlatforms(shape, name, comment)
    shape.properties.set(name, { type: parseType(type), optional: optional === '?', integer })
  } else if (method) {
    const name = `${method[1] ?? ''}${method[2]}`
    const whole = WHOLE.get(name) ?? []
    const parameters = parseParameters(member).map(one => ({ ...one, integer: whole.includes(one.name) }))
    notePlatforms(shape, name, comment)
    shape.methods.set(name, [...(shape.methods.get(name) ?? []), parameters])
  }
}

function notePlatforms(shape: Shape, name: string, comment: string): void {
  const [, list] = /@platform ([\w,]+)/.exec(comment) ?? []
  if (list) shape.platforms.set(name, list.split(','))
}

/** The shape and its parents, nearest first: `BrowserWindow`, `BaseWindow`. */
export function lineage(contract: Contract, name: string): Shape[] {
  const shape = contract.shapes.get(name)
  if (!shape) return []
  return [shape, ...(shape.parent ? lineage(contract, shape.parent.replace('Electron.', '')) : [])]
}
