import type { Identifier } from '@mdn/browser-compat-data'
import { type Node, parse } from 'acorn'
import { compat, lacking } from './support.ts'

const { api, javascript } = compat
const globals: Record<string, Identifier> = { ...api, ...javascript.builtins }

/** Every member that MDN knows of any interface, by name. */
const members = new Map<string, Identifier[]>()
for (const owner of Object.values(globals)) {
  for (const [key, feature] of Object.entries(owner)) {
    if (key === '__compat') continue
    const name = key.replace(/_static$/, '').replace(/_event$/, '')
    members.set(name, [...(members.get(name) ?? []), feature as Identifier])
  }
}
// Functions that stand alone: `structuredClone`, `fetch`.
for (const scope of ['Window', 'WorkerGlobalScope'])
  for (const [name, feature] of Object.entries(api[scope] ?? {}))
    if (name !== '__compat') globals[name] ??= feature as Identifier

/** The browsers that lack all of these. */
function lackedByAll(all: readonly Identifier[]): string[] {
  const [first, ...rest] = all.map(feature => lacking(feature))
  return (first ?? []).filter(browser => rest.every(list => list.includes(browser)))
}

type Tree = Node & Record<string, unknown>

function* nodes(node: Tree): Generator<Tree> {
  yield node
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (child && typeof (child as Tree).type === 'string') yield* nodes(child as Tree)
  }
}

/** Names that the program binds itself, anywhere: they mean no global. */
function bound(tree: Tree): Set<string> {
  const names = new Set<string>()
  const add = (pattern: unknown): void => {
    for (const node of pattern ? nodes(pattern as Tree) : [])
      if (node.type === 'Identifier') names.add(node.name as string)
  }
  for (const node of nodes(tree)) {
    if (node.type === 'VariableDeclarator' || node.type === 'ClassDeclaration') add(node.id)
    else if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier') add(node.local)
    else if (node.type === 'CatchClause') add(node.param)
    else if (/Function/.test(node.type)) {
      add(node.id)
      for (const parameter of node.params as unknown[]) add(parameter)
    }
  }
  return names
}

/** Names of properties that scripts give their own objects, and those of styles: such a member is none of the browser's. */
export function ownMembers(sources: readonly string[]): Set<string> {
  const names = new Set(
    Object.keys(compat.css.properties).map(name => name.replace(/-./g, part => part[1]!.toUpperCase())),
  )
  for (const source of sources) {
    for (const node of nodes(read(source))) {
      const key =
        node.type === 'Property' || node.type === 'MethodDefinition' || node.type === 'PropertyDefinition'
          ? (node.key as Tree)
          : node.type === 'AssignmentExpression' && (node.left as Tree).type === 'MemberExpression'
            ? ((node.left as Tree).property as Tree)
            : null
      if (key?.type === 'Identifier') names.add(key.name as string)
    }
  }
  return names
}

function read(source: string): Tree {
  return parse(source, { ecmaVersion: 2022, sourceType: 'module' }) as unknown as Tree
}

/**
 * @returns what a script uses that a browser of the floor lacks, once each. Syntax is what ES2022 has (Chrome 103), less
 * what Safari 15 lacks of it; a member counts as new where every interface that has one of its name got it later.
 * @param ownNames as {@link ownMembers} finds them in all scripts of the page
 * @throws SyntaxError where it is not ES2022.
 */
export function newInJs(source: string, ownNames: ReadonlySet<string> = new Set()): string[] {
  const tree = read(source)
  const own = bound(tree)
  const found = new Set<string>()
  const note = (what: string, browsers: string[]) => {
    if (browsers.length > 0) found.add(`${what}: ${browsers.join(', ')}`)
  }
  const plainNames = new Set<unknown>()
  for (const node of nodes(tree)) {
    if (node.type === 'MemberExpression' && !node.computed) plainNames.add(node.property)
    else if ('key' in node && !node.computed) plainNames.add(node.key)
    if (node.type === 'StaticBlock') note('static block', ['safari 15.4'])
    else if (node.type === 'Literal' && node.regex) {
      const { pattern, flags } = node.regex as { pattern: string; flags: string }
      if (/\(\?<[=!]/.test(pattern)) note('lookbehind', ['safari 15.4'])
      if (flags.includes('v')) note('flag v', ['chrome 103', 'safari 15.4'])
    } else if (
      node.type === 'Identifier' &&
      !plainNames.has(node) &&
      !own.has(node.name as string) &&
      Object.hasOwn(globals, node.name as string)
    )
      note(node.name as string, lacking(globals[node.name as string]))
    if (node.type === 'MemberExpression' && !node.computed) member(node)
    else if (node.type === 'Property' && (node.computed as boolean) === false) option(node)
  }
  return [...found].sort()

  function member({ object, property }: Tree): void {
    const name = (property as Tree).name as string
    const holder = object as Tree
    const global =
      holder.type === 'Identifier' && !own.has(holder.name as string)
        ? globals[holder.name as string]
        : undefined
    const exact = global?.[`${name}_static`] ?? global?.[name]
    if (exact) note(`${holder.name}.${name}`, lacking(exact as Identifier))
    else if (members.has(name) && !ownNames.has(name)) note(`.${name}`, lackedByAll(members.get(name)!))
  }

  /** Destructured globals: `const { withResolvers } = Promise` cannot be told from our own names, so only these. */
  function option(node: Tree): void {
    const name = (node.key as Tree).name as string | undefined
    if (name === 'withResolvers' || name === 'groupBy') note(`.${name}`, lackedByAll(members.get(name) ?? []))
  }
}
