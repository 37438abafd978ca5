import type { Measured, Metric } from './scenario.ts'
import { median, quantile } from './statistics.ts'

const WIDTH = 760
const ROW = 30
const LABEL = 170
const VALUE = 110
const TOP = 34

/** @returns an SVG: a bar for each peer's median, a whisker from its worst round to its best. Ours is dark. */
export function plot(metric: Metric, { scenario, results }: Measured): string {
  const byPeer = Object.entries(results[metric.key] ?? {})
  const largest = Math.max(...byPeer.flatMap(([, values]) => values), Number.MIN_VALUE)
  const x = (value: number) => LABEL + (value / largest) * (WIDTH - LABEL - VALUE)
  const height = TOP + byPeer.length * ROW + 8
  const rows = byPeer.map(([peer, values], index) => {
    const y = TOP + index * ROW
    const middle = y + ROW / 2
    const [low, high] = [quantile(values, 0), quantile(values, 1)]
    return `<text x="${LABEL - 10}" y="${middle + 4}" text-anchor="end">${escapeXml(peer)}</text>
<rect x="${LABEL}" y="${y + 5}" width="${n(x(median(values)) - LABEL)}" height="${ROW - 10}" rx="3" fill="${index === 0 ? '#3b5bdb' : '#adb5bd'}"/>
<path d="M${n(x(low))} ${middle}H${n(x(high))}M${n(x(low))} ${middle - 4}v8M${n(x(high))} ${middle - 4}v8" stroke="#343a40" fill="none"/>
<text x="${n(x(high) + 8)}" y="${middle + 4}">${format(median(values), metric)}</text>`
  })
  const better = metric.better === 'higher' ? 'more is better' : 'less is better'
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13" fill="#212529">
<title>${escapeXml(scenario.name)}: ${escapeXml(metric.title)}</title>
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="10" y="20" font-weight="600">${escapeXml(scenario.name)}: ${escapeXml(metric.title)}, ${escapeXml(metric.unit)} (${better})</text>
${rows.join('\n')}
</svg>
`
}

/** @returns the figure with its unit's digits, thousands apart. */
export function format(value: number, { digits }: Metric): string {
  const places = digits ?? (Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2)
  return value.toLocaleString('en', { maximumFractionDigits: places, minimumFractionDigits: places })
}

const n = (value: number) => value.toFixed(1)
const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
