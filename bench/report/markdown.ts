import { cpus, totalmem } from 'node:os'
import { judge } from './judge.ts'
import { format } from './plot.ts'
import type { Measured, Metric } from './scenario.ts'
import { median, pairedRatio } from './statistics.ts'

/** What stands in a file of its own. */
export interface Attachment {
  title: string
  text: string
}

/** Where the plot of a metric lies, beside the report. */
export const plotFile = (scenario: string, metric: string) =>
  `performance/${`${scenario}-${metric}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.svg`

/** @param missing peers that this machine has not. */
export function report(measured: Measured[], attachments: Attachment[], missing: string[]): string {
  const { model } = cpus()[0] ?? { model: 'unknown' }
  const memory = Math.round(totalmem() / 2 ** 30)
  return `# Performance

Written by \`npm run bench\`; run it to see the figures of your own machine. The load generator is a process of its own with plain
sockets that only count, the same for every server; all servers send the same bytes for the same message. Within a round every peer
is measured once, one after the other, in an order that moves on from round to round. **Bars** are medians of the rounds, whiskers
the worst and the best; **ratio** is the median of the rounds' ratios, ours to the peer's, so what else the machine does falls on both.

Machine: ${cpus().length} × ${model}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}; ${new Date().toISOString().slice(0, 10)}.
${missing.length > 0 ? `\nNot measured, because not installed here: ${missing.join(', ')}.\n` : ''}
${budgets(measured)}
${measured.map(section).join('\n')}
${attachments.map(({ title, text }) => `## ${title}\n\n\`\`\`text\n${text.trim()}\n\`\`\`\n`).join('\n')}`
}

function budgets(measured: Measured[]): string {
  const rows = measured.flatMap(({ scenario, results }) =>
    scenario.metrics.flatMap(metric =>
      judge(metric, results, scenario.peers[0]!.name).map(
        ({ text, value, met }) =>
          `| ${scenario.name} | ${text} | ${value.toFixed(2)} | ${met ? 'yes' : '**no**'} |`,
      ),
    ),
  )
  return `## Budgets\n\n| Scenario | Must reach | Measured | Met |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function section(one: Measured): string {
  const { scenario } = one
  const peers = scenario.peers.map(({ name, what }) => `- **${name}**: ${what}`).join('\n')
  const metrics = scenario.metrics.map(metric => table(metric, one)).join('\n')
  return `## ${scenario.name}\n\n${scenario.what} ${scenario.rounds} rounds.\n\n${peers}\n\n${metrics}`
}

function table(metric: Metric, { scenario, results }: Measured): string {
  const byPeer = Object.entries(results[metric.key] ?? {})
  const ours = results[metric.key]?.[scenario.peers[0]!.name]
  const rows = byPeer.map(([peer, values]) => {
    const ratio = ours && values !== ours ? pairedRatio(ours, values) : Number.NaN
    // There is none to a peer's 0.
    const shown = Number.isFinite(ratio) ? ratio.toFixed(2) : ''
    return `| ${peer} | ${format(median(values), metric)} | ${shown} |`
  })
  const plots = byPeer.length > 1 ? `\n![${metric.title}](${plotFile(scenario.name, metric.key)})\n` : ''
  return `| ${metric.title}, ${metric.unit} | median | ours to it |\n|---|---:|---:|\n${rows.join('\n')}\n${plots}`
}
