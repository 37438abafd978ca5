import data from '@mdn/browser-compat-data' with { type: 'json' }
import type { Identifier, SimpleSupportStatement, SupportStatement } from '@mdn/browser-compat-data'

/**
 * What the player's page must run on: OBS 28 to 30 has Chrome 103. Safari 15.4 is the first with cascade layers, which
 * the style sheets stand on.
 */
export const FLOOR = { chrome: '103', safari: '15.4' } as const

export const compat = data as unknown as Record<'api', Record<string, Identifier>> & {
  css: Record<'properties' | 'selectors' | 'types' | 'at-rules', Record<string, Identifier>>
  javascript: { builtins: Record<string, Identifier> }
}

function isAtMost(version: string, floor: string): boolean {
  const [a, b] = [version, floor].map(text => text.replace(/^≤/, '').split('.').map(Number)) as [
    number[],
    number[],
  ]
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return true
}

function has(statement: SupportStatement | undefined, floor: string, prefix: string): boolean {
  const statements = (
    Array.isArray(statement) ? statement : statement ? [statement] : []
  ) as SimpleSupportStatement[]
  return statements.some(
    one =>
      !one.flags &&
      !one.alternative_name &&
      (one.prefix ?? '') === prefix &&
      typeof one.version_added === 'string' &&
      one.version_added !== 'preview' &&
      isAtMost(one.version_added, floor) &&
      (typeof one.version_removed !== 'string' || !isAtMost(one.version_removed, floor)),
  )
}

/** @returns the browsers of the floor that lack a feature, by MDN's data. @param prefix as it was written with one. */
export function lacking(feature: Identifier | undefined, prefix = ''): string[] {
  const support = feature?.__compat?.support
  if (!support) return []
  return Object.entries(FLOOR)
    .filter(([browser, version]) => !has(support[browser as keyof typeof FLOOR], version, prefix))
    .map(([browser, version]) => `${browser} ${version}`)
}

/** Every feature below a node of the data, with its name. */
export function* features(node: Identifier): Generator<[string, Identifier]> {
  for (const [name, child] of Object.entries(node)) {
    if (name === '__compat' || typeof child !== 'object') continue
    yield [name, child as Identifier]
    yield* features(child as Identifier)
  }
}
