import type { Identifier } from '@mdn/browser-compat-data'
import { type CssNode, type Declaration, generate, parse, walk } from 'css-tree'
import { compat, features, lacking } from './support.ts'

const { properties, selectors, types, 'at-rules': atRules } = compat.css
const typeFeatures = new Map<string, Identifier>()
for (const [name, feature] of features(types)) if (!typeFeatures.has(name)) typeFeatures.set(name, feature)

const UNITS: [RegExp, string][] = [
  [/^d(?:vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_dynamic'],
  [/^s(?:vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_small'],
  [/^l(?:vh|vw|vi|vb|vmin|vmax)$/, 'viewport_percentage_units_large'],
  [/^cq(?:w|h|i|b|min|max)$/, 'container_query_length_units'],
]

function unit(name: string): Identifier | undefined {
  const group = UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? name
  return types.length?.[group]
}

/** `-webkit-name` is looked up as such, then as the prefixed form of `name`. */
function property(name: string): string[] {
  const own = properties[name]
  if (own) return lacking(own)
  const [, prefix, bare] = /^(-[a-z]+-)(.+)$/.exec(name) ?? []
  return bare && properties[bare] ? lacking(properties[bare], prefix) : []
}

/**
 * @returns what a style sheet uses that a browser of the floor lacks, once each: `property translate: chrome 103`.
 * A property beside its own prefixed form in the same rule counts as there.
 */
export function newInCss(css: string): string[] {
  const found = new Set<string>()
  const note = (what: string, browsers: string[]) => {
    if (browsers.length > 0) found.add(`${what}: ${browsers.join(', ')}`)
  }
  const tree = parse(css, { parseCustomProperty: true })
  walk(tree, function (node: CssNode) {
    if (node.type === 'Declaration' && !node.property.startsWith('--')) {
      const siblings = this.block?.children.toArray() ?? []
      const prefixed = siblings.some(
        one => one.type === 'Declaration' && one.property === `-webkit-${node.property}`,
      )
      if (prefixed) return
      note(`property ${node.property}`, property(node.property))
      words(node, (word, feature) => note(`value ${node.property}: ${word}`, lacking(feature)))
    } else if (node.type === 'Function') note(`${node.name}()`, lacking(typeFeatures.get(node.name)))
    else if (node.type === 'Dimension') note(`unit ${node.unit}`, lacking(unit(node.unit)))
    else if (node.type === 'PseudoClassSelector' || node.type === 'PseudoElementSelector')
      note(`selector :${node.name}`, lacking(selectors[node.name]))
    else if (node.type === 'NestingSelector') note('nesting', lacking(selectors.nesting))
    else if (node.type === 'Atrule') note(`@${node.name}`, lacking(atRules[node.name]))
    else if (node.type === 'Feature') {
      note(`@media ${node.name}`, lacking(atRules.media?.[node.name]))
    } else if (node.type === 'FeatureRange') note('@media range', lacking(atRules.media?.range_syntax))
    // A rule within a rule, or what the parser, which knows today's CSS, has not understood.
    else if (node.type === 'Block')
      for (const child of node.children)
        if (child.type === 'Raw')
          note(`nesting, or no CSS: ${child.value.slice(0, 40)}`, lacking(selectors.nesting))
  })
  return [...found].sort()
}

/** Key words of a declaration that MDN knows as values of this property. */
function words({ property, value }: Declaration, visit: (word: string, feature: Identifier) => void): void {
  const known = properties[property]
  if (!known || value.type !== 'Value') return
  walk(value, node => {
    if (node.type !== 'Identifier') return
    const feature = known[generate(node)]
    if (feature) visit(node.name, feature)
  })
}
