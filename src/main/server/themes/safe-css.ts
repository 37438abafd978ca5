import type { Atrule, CssNode, Declaration, List, Selector } from 'css-tree'
// Not the whole of css-tree: its lexer reads all of CSS's grammar at the start, and is not used.
import generate from 'css-tree/generator'
import parse from 'css-tree/parser'
import walk from 'css-tree/walker'

export interface SafeCss {
  css: string
  /** What was left out and why, in words for the theme's author. */
  problems: string[]
}

export interface SafeCssOptions {
  /** The theme's id: its rules reach nothing outside of a player that wears it. */
  theme: string
  /** Where an asset of the theme is served from; null where it has none of this name. */
  assetUrl(name: string): string | null
}

/** Rules of a group that may hold others. */
const GROUPS = new Set(['media', 'supports'])
/** Functions that load something, or that once ran something. `url()` has a rule of its own. */
const LOADING =
  /^(?:-[a-z]+-)?(?:image|image-set|cross-fade|src|element|paint|expression|url-prefix|domain|document|attr)$/i
const FORBIDDEN_PROPERTIES = /^(?:behavior|-ms-behavior|-moz-binding)$/i
/** Pictures and fonts inside the sheet. In a style sheet an SVG is only a picture: it runs and loads nothing. */
const DATA_URL = /^data:(?:image\/(?:png|jpeg|gif|webp|avif|svg\+xml)|font\/(?:woff2|woff|ttf|otf))[;,]/i
const PROPERTY = /^(?:--[a-z][a-z0-9-]*|-?[a-z]+(?:-[a-z0-9]+)*)$/i
/** Combinators that lead from an element to what is in it. */
const INWARDS = new Set([' ', '>'])
const MAX_PROBLEMS = 20
/** Rules in rules. */
const MAX_DEPTH = 8

/**
 * css-tree 3.2 keeps the tokens of the sheet before, and looks among them at the place of this one's length: a bracket that
 * stood there makes it go round for ever (`TokenStream.setSource`, `balancePair[offsetAndType[prevBalanceStart] …]`).
 */
function forgetLastSheet(length: number): void {
  parse(';'.repeat(length + 1), { context: 'declarationList' })
}

/**
 * @param first what a selector begins with
 * @returns how many characters of it stand for the player; null where it means something in the player
 */
function ownLength(first: CssNode | null): number | null {
  if (first?.type === 'PseudoClassSelector' && first.name === 'root') return ':root'.length
  if (first?.type === 'TypeSelector' && /^(?:html|body)$/i.test(first.name)) return first.name.length
  if (first?.type === 'ClassSelector' && first.name === 'sm-player') return '.sm-player'.length
  // Its own attributes, and what is related to it.
  const isOwn =
    first?.type === 'Combinator' || (first?.type === 'AttributeSelector' && /^data-/.test(first.name.name))
  return isOwn ? 0 : null
}

/**
 * Makes a theme's style sheet harmless: only plain rules, custom properties, `@media`, `@supports`, `@keyframes` and
 * `@font-face` are kept; nothing is loaded but the theme's own assets (`url("asset:NAME")`) and `data:` pictures and
 * fonts; every selector begins at the player that wears the theme. What is given out is written anew from the parsed
 * tree, so what the parser did not understand cannot get through. Names with escapes (`u\72l(…)`) are refused: browsers
 * read more into them than a parser shows.
 */
export function safeCss(source: string, { theme, assetUrl }: SafeCssOptions): SafeCss {
  const problems: string[] = []
  const problem = (text: string) => {
    if (problems.length < MAX_PROBLEMS && !problems.includes(text)) problems.push(text)
  }
  const root = `.sm-player[data-theme~="${theme}"]`

  function isSafe(value: CssNode, where: string): boolean {
    let safe = true
    const refuse = (why: string) => {
      safe = false
      problem(`${where}: ${why}`)
    }
    walk(value, node => {
      if (node.type === 'Url') {
        const asset = /^asset:(.+)$/.exec(node.value)
        const url = asset ? assetUrl(asset[1]!) : DATA_URL.test(node.value) ? node.value : null
        if (url === null)
          refuse(`"${node.value.slice(0, 80)}" may not be loaded: put it into the theme as an asset`)
        else node.value = url
      } else if (node.type === 'Function' || node.type === 'Identifier') {
        if (node.name.includes('\\')) refuse('escapes are not allowed in names')
        else if (node.type === 'Function' && LOADING.test(node.name)) refuse(`${node.name}() is not allowed`)
      } else if (node.type === 'Raw') {
        refuse('it was not understood')
      }
    })
    return safe
  }

  function keepDeclarations(list: List<CssNode>): List<CssNode> {
    return list.filter(node => {
      if (node.type !== 'Declaration') {
        problem('something between the declarations was not understood')
        return false
      }
      const { property, value } = node as Declaration
      if (!PROPERTY.test(property) || FORBIDDEN_PROPERTIES.test(property)) {
        problem(`"${property.slice(0, 60)}" is not allowed`)
        return false
      }
      return isSafe(value, property)
    })
  }

  /** `.sm-box` and `[data-variant="x"] .sm-box` alike begin at the player. @returns null for what would reach its neighbours. */
  function scope(selector: Selector): string | null {
    const text = generate(selector)
    const own = ownLength(selector.children.first)
    if (own === null) return `${root} ${text}`
    const combinator = selector.children.toArray().find(node => node.type === 'Combinator')
    return combinator && !INWARDS.has(combinator.name) ? null : root + text.slice(own)
  }

  function rules(list: List<CssNode>, depth = 0): string {
    let css = ''
    list.forEach(node => {
      if (node.type === 'Rule') {
        if (node.prelude.type !== 'SelectorList') {
          problem('a selector was not understood')
          return
        }
        const selectors = node.prelude.children
          .toArray()
          .flatMap(selector => scope(selector as Selector) ?? [])
        if (selectors.length < node.prelude.children.size)
          problem('a selector that reaches beside the player is not allowed')
        if (selectors.length === 0) return
        const declarations = keepDeclarations(node.block.children)
        const body = generate({ type: 'Block', children: declarations })
        css += `${selectors.join(',')}${body}\n`
      } else if (node.type === 'Atrule') css += atRule(node, depth)
      else if (node.type !== 'Comment' && node.type !== 'WhiteSpace') problem('a part was not understood')
    })
    return css
  }

  function atRule(node: Atrule, depth: number): string {
    const name = node.name.toLowerCase()
    const { prelude, block } = node
    if (depth >= MAX_DEPTH) {
      problem(`@${node.name.slice(0, 40)} stands in too many others`)
      return ''
    }
    if (block && GROUPS.has(name) && prelude && isSafe(prelude, `@${name}`))
      return `@${name} ${generate(prelude)}{${rules(block.children, depth + 1)}}\n`
    if (block && name === 'font-face') {
      const children = keepDeclarations(block.children)
      return `@font-face${generate({ type: 'Block', children })}\n`
    }
    if (block && name === 'keyframes' && prelude && isSafe(prelude, '@keyframes')) {
      const frames = block.children.toArray().flatMap(frame => {
        if (frame.type !== 'Rule') return []
        const children = keepDeclarations(frame.block.children)
        return [`${generate(frame.prelude)}${generate({ type: 'Block', children })}`]
      })
      return `@keyframes ${generate(prelude)}{${frames.join('')}}\n`
    }
    problem(`@${node.name.slice(0, 40)} is not allowed`)
    return ''
  }

  try {
    forgetLastSheet(source.length)
    const sheet = parse(source, {
      parseCustomProperty: true,
      parseValue: true,
      onParseError: error => problem(`line ${(error as { line?: number }).line ?? '?'}: ${error.message}`),
    })
    return { css: sheet.type === 'StyleSheet' ? rules(sheet.children) : '', problems }
  } catch {
    // Nested too deeply, in most cases.
    return { css: '', problems: ['the style sheet cannot be read'] }
  }
}
