/**
 * Reads the messages in a text that is JSON or a script of literals, as Echo-Live's `start.js` is: unquoted keys, single
 * quotes, trailing commas, comments, `echolive.send({…});` once or several times, or `const data = {…}`. Nothing is ever
 * run: the text is parsed into a tree, and from that only values are taken.
 */
import type { Expression, Node, PrivateIdentifier, Program, SpreadElement, Statement, Super } from 'acorn'

/** Where in the text (both from 1), and what stands there. */
interface Place {
  line: number
  column: number
  near: string
}

export type MessageFile =
  | { ok: true; values: unknown[] }
  /**
   * `syntax`: it can't be read on from there; `end`: it stops too early; `code`: what stands there would have to be run; `empty`: there is no message in
   * it; `too-large`: what it makes is past all measure.
   */
  | ({ ok: false; reason: 'syntax' | 'end' | 'code' } & Place)
  | { ok: false; reason: 'empty' | 'too-large' }

/** Characters and values that a file may come to; a message is 32 KiB at most. */
const MOST = 4_000_000

class Refused extends Error {
  readonly node: Node

  constructor(node: Node) {
    super()
    this.node = node
  }
}
class TooLarge extends Error {}

/** What was declared so far, and what it came to. */
type Known = Map<string, { value: unknown; cost: number }>

/** Takes values out of a tree. */
function createEvaluator() {
  const known: Known = new Map()
  let spent = 0

  function spend(cost: number): void {
    spent += cost
    if (spent > MOST) throw new TooLarge()
  }

  function text<Value>(value: Value): Value {
    if (typeof value === 'string') spend(value.length)
    return value
  }

  function plus(left: unknown, right: unknown, node: Node): unknown {
    if (typeof left === 'number' && typeof right === 'number') return left + right
    const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number'
    if (!isPlain(left) || !isPlain(right)) throw new Refused(node)
    return text(`${String(left)}${String(right)}`)
  }

  function items(elements: readonly (Expression | SpreadElement | null)[]): unknown[] {
    return elements.flatMap(element => {
      if (element === null) return [null]
      if (element.type !== 'SpreadElement') return [evaluate(element)]
      const list = evaluate(element.argument)
      if (!Array.isArray(list)) throw new Refused(element)
      return list
    })
  }

  function evaluate(node: Expression | PrivateIdentifier | Super): unknown {
    spend(1)
    switch (node.type) {
      case 'Literal':
        if (node.regex || node.bigint) throw new Refused(node)
        return text(node.value)
      case 'TemplateLiteral': {
        const parts = node.quasis.map(({ value }, index) => {
          const hole = node.expressions[index]
          return hole ? plus(value.cooked ?? '', evaluate(hole), hole) : (value.cooked ?? '')
        })
        return text(parts.join(''))
      }
      case 'ArrayExpression':
        return items(node.elements)
      case 'ObjectExpression': {
        const entries = node.properties.map((property): [string, unknown] => {
          if (
            property.type !== 'Property' ||
            property.computed ||
            property.kind !== 'init' ||
            property.method
          )
            throw new Refused(property)
          const { key } = property
          if (key.type === 'Identifier') return [key.name, evaluate(property.value)]
          if (key.type === 'Literal') return [String(key.value), evaluate(property.value)]
          throw new Refused(key)
        })
        // Own properties, whatever they are called.
        return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
      }
      case 'UnaryExpression': {
        const value = evaluate(node.argument)
        if (node.operator === '!') return !value
        if (typeof value !== 'number') throw new Refused(node)
        if (node.operator === '-') return -value
        if (node.operator === '+') return value
        throw new Refused(node)
      }
      case 'BinaryExpression':
        if (node.operator !== '+') throw new Refused(node)
        return plus(evaluate(node.left), evaluate(node.right), node)
      case 'Identifier': {
        if (node.name === 'undefined') return undefined
        const found = known.get(node.name)
        if (found === undefined) throw new Refused(node)
        spend(found.cost)
        return found.value
      }
      default:
        throw new Refused(node)
    }
  }

  return {
    evaluate,
    declare(name: string, node: Expression): void {
      const before = spent
      const value = evaluate(node)
      known.set(name, { value, cost: spent - before })
    },
    /** Whatever was declared that looks like a message. */
    declared: () => [...known.values()].map(({ value }) => value).filter(isMessage),
  }
}

function isMessage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('messages' in value || 'message' in value)
}

/** The values that a script sends, or else those that it holds. */
function readProgram({ body }: Program): unknown[] {
  const { evaluate, declare, declared } = createEvaluator()
  const sent = body.flatMap((statement: Statement | Program['body'][number]): unknown[] => {
    if (statement.type === 'EmptyStatement') return []
    if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier') throw new Refused(id)
        if (init) declare(id.name, init)
      }
      return []
    }
    if (statement.type !== 'ExpressionStatement') throw new Refused(statement)
    // "use strict"
    if (statement.directive !== undefined) return []
    const { expression } = statement
    if (expression.type === 'AssignmentExpression' && expression.operator === '=') {
      if (expression.left.type !== 'Identifier') throw new Refused(expression.left)
      declare(expression.left.name, expression.right)
      return []
    }
    if (expression.type !== 'CallExpression') return [evaluate(expression)]
    const { callee, arguments: given } = expression
    const isSend =
      callee.type === 'MemberExpression' &&
      callee.object.type === 'Identifier' &&
      callee.property.type === 'Identifier' &&
      callee.property.name === 'send'
    const [value] = given
    if (!isSend || value === undefined || value.type === 'SpreadElement') throw new Refused(expression)
    return [evaluate(value)]
  })
  return sent.length > 0 ? sent : declared()
}

function placeOf(source: string, at: number): Place {
  const before = source.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/)
  const rest = source.slice(at)
  const [near = ''] = /^(?:[\p{L}\p{N}_$.]{1,24}|\S)/u.exec(rest.trimStart()) ?? []
  return { line: before.length, column: [...before[before.length - 1]!].length + 1, near }
}

/** The tree of a script, or of one value that stands by itself: `{…}` would be a block in a script. */
async function parse(source: string): Promise<Program | Expression> {
  // Loaded when it is needed: most who write JSON write it well.
  const { parse: parseScript, parseExpressionAt, tokenizer, tokTypes } = await import('acorn')
  const options = { ecmaVersion: 'latest' } as const
  const [first] = tokenizer(source, options)
  if (first?.type !== tokTypes.braceL) return parseScript(source, options)
  const value = parseExpressionAt(source, 0, options)
  // Behind it there may be a semicolon and comments. As many blanks keep the places of errors right.
  const blank = source.slice(0, value.end).replace(/[^\n\r]/g, ' ')
  const behind = parseScript(blank + source.slice(value.end), options).body
  const more = behind.find(({ type }) => type !== 'EmptyStatement')
  if (more) throw new Refused(more)
  return value
}

/** @returns the values, unchecked: what is a message is for its schema to say. */
export async function readMessageFile(source: string): Promise<MessageFile> {
  try {
    return { ok: true, values: [JSON.parse(source)] }
  } catch {
    // Then it is read as a script, whose errors name a place.
  }
  try {
    const tree = await parse(source)
    const values = tree.type === 'Program' ? readProgram(tree) : [createEvaluator().evaluate(tree)]
    return values.length > 0 ? { ok: true, values } : { ok: false, reason: 'empty' }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: 'code', ...placeOf(source, error.node.start) }
    if (error instanceof SyntaxError && 'pos' in error) {
      const place = placeOf(source, Number(error.pos))
      return { ok: false, reason: place.near === '' ? 'end' : 'syntax', ...place }
    }
    // Nested past the stack counts as too much of it.
    if (error instanceof TooLarge || error instanceof RangeError) return { ok: false, reason: 'too-large' }
    throw error
  }
}
