import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { hasNchan } from './peers/nginx-nchan.ts'
import { isBuilt } from './peers/streaming-message.ts'
import { judge } from './report/judge.ts'
import { type Attachment, plotFile, report } from './report/markdown.ts'
import { format, plot } from './report/plot.ts'
import type { Measured, Results, Scenario } from './report/scenario.ts'
import { median } from './report/statistics.ts'
import { scenarios } from './scenarios/list.ts'

/**
 * `npm run bench`: every benchmark beside its peers, some 20 minutes on a quiet machine; writes docs/performance.md with its plots.
 * `--smoke`: small numbers, one round, nothing written: shows in CI that the benchmarks still run.
 * `--rounds 3`: so many rounds of each, instead of its own number.
 * `--only 'Fan-out;Memory'`: these scenarios only, nothing written. `--keep` writes all the same.
 */
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    only: { type: 'string' },
    keep: { type: 'boolean' },
  },
})
const root = resolve(import.meta.dirname, '..')
/** Benchmarks with a program of their own; their output goes into the report as it is. */
const PROGRAMS: [file: string, title: string][] = [
  ['parser.ts', 'Parser of sse-client'],
  ['cluster.ts', 'Several servers'],
]

async function measure(scenario: Scenario): Promise<Measured> {
  const results: Results = {}
  const rounds = Number(options.rounds ?? scenario.rounds)
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < scenario.peers.length; turn++) {
      const peer = scenario.peers[(round + turn) % scenario.peers.length]!
      const figures = await scenario.run(peer)
      for (const [key, value] of Object.entries(figures)) {
        results[key] ??= {}
        results[key][peer.name] ??= []
        results[key][peer.name]!.push(value)
      }
    }
  }
  // The order of the rows is the scenario's, not that of the first round.
  for (const [key, byPeer] of Object.entries(results)) {
    const names = scenario.peers.map(peer => peer.name).filter(name => byPeer[name])
    results[key] = Object.fromEntries(names.map(name => [name, byPeer[name]!]))
  }
  return { scenario: { ...scenario, rounds }, results }
}

/** What each budget came to, once more at the end. */
function summarize(all: Measured[]): void {
  const judged = all.flatMap(({ scenario, results }) =>
    scenario.metrics.flatMap(metric =>
      judge(metric, results, scenario.peers[0]!.name).map(one => ({ ...one, name: scenario.name })),
    ),
  )
  const missed = judged.filter(({ met }) => !met)
  console.log(`\nbudgets: ${judged.length - missed.length} of ${judged.length} reached`)
  for (const { name, text, value } of missed) console.log(`  MISSED ${name}: ${text} (${value.toFixed(2)})`)
}

/** Measures one scenario after the other. A smoke run's figures say nothing: it has three at once, and each waits for the most part. */
async function inTurn(
  all: Scenario[],
  measure: (scenario: Scenario) => Promise<Measured>,
): Promise<Measured[]> {
  const left = all.entries()
  const measured: Measured[] = []
  const work = async () => {
    for (const [index, scenario] of left) {
      measured[index] = await measure(scenario)
      print(measured[index])
    }
  }
  await Promise.all(Array.from({ length: options.smoke ? 3 : 1 }, work))
  return measured
}

function print({ scenario, results }: Measured): void {
  console.log(`\n${scenario.name}`)
  for (const metric of scenario.metrics) {
    for (const [peer, values] of Object.entries(results[metric.key] ?? {})) {
      console.log(
        `  ${metric.title.padEnd(34)} ${peer.padEnd(20)} ${format(median(values), metric)} ${metric.unit}`,
      )
    }
    // Budgets are for the full numbers.
    if (options.smoke) continue
    for (const { text, value, met } of judge(metric, results, scenario.peers[0]!.name)) {
      console.log(`  ${met ? 'reached' : 'MISSED '} ${text} (${value.toFixed(2)})`)
    }
  }
}

/** @throws where the program fails: a benchmark that does not run is a defect. */
function runProgram(file: string): Promise<string> {
  return new Promise((done, reject) => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, file), ...(options.smoke ? ['--smoke'] : [])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    let text = ''
    child.stdout.on('data', chunk => {
      text += chunk
    })
    // Not at its exit: the last of what it printed may still be on its way.
    child.once('close', code =>
      code === 0 ? done(text) : reject(new Error(`bench/${file} ended with ${code}`)),
    )
  })
}

function write(measured: Measured[], attachments: Attachment[], missing: string[]): void {
  const docs = join(root, 'docs')
  rmSync(join(docs, 'performance'), { recursive: true, force: true })
  mkdirSync(join(docs, 'performance'), { recursive: true })
  writeFileSync(join(docs, 'performance.md'), report(measured, attachments, missing))
  for (const one of measured) {
    for (const metric of one.scenario.metrics) {
      if (Object.keys(one.results[metric.key] ?? {}).length < 2) continue
      writeFileSync(join(docs, plotFile(one.scenario.name, metric.key)), plot(metric, one))
    }
  }
  console.log('\nwritten: docs/performance.md')
}

if (!isBuilt()) {
  console.error('nothing is built yet: npm run build')
  process.exit(1)
}
const wanted = options.only?.split(';').map(name => name.trim().toLowerCase())
const all = scenarios(options.smoke)
const chosen = all.filter(({ name }) => wanted?.includes(name.toLowerCase()) ?? true)
if (wanted && chosen.length < wanted.length) {
  console.error(
    `--only takes the names of scenarios, with ; between them: ${all.map(one => one.name).join('; ')}`,
  )
  process.exit(1)
}
const missing = hasNchan() ? [] : ['nginx + Nchan (Debian: nginx, libnginx-mod-nchan)']
const measured = await inTurn(chosen, measure)
const attachments: Attachment[] = []
for (const [file, title] of wanted ? [] : PROGRAMS) {
  const text = await runProgram(file)
  console.log(`\n${title}\n${text}`)
  attachments.push({ title, text })
}
// Small numbers say nothing about budgets.
if (!options.smoke) summarize(measured)
for (const name of missing) console.log(`not measured: ${name}`)
if (options.keep || !(options.smoke || wanted)) write(measured, attachments, missing)
