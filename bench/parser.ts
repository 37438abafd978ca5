/**
 * The parser beside eventsource-parser: both in one process, turn by turn on the same streams, so that what the machine
 * does meanwhile falls on both. What is measured is CPU time, not the clock's. Each row is a kind of stream in a kind of
 * chunk; its figure is the median over the rounds of peer's time / ours (above 1: ours is faster), with the quartiles.
 * Given bytes, the peer has them decoded by a TextDecoder, as its users do.
 *
 * Each row has two figures: of a process of its own, as a program has it that reads one kind of stream, and of one process
 * for all rows, whose engine has seen every kind of string and stream before. For the second the rows share one process.
 *
 *     node bench/parser.ts                  # all, some minutes
 *     node bench/parser.ts 'bytes: CRLF'    # the rows whose name matches
 *     node bench/parser.ts --smoke          # a few rounds: does it run, do both find the same events
 */
import { execFileSync } from 'node:child_process'
import { createParser as createPeer } from 'eventsource-parser'
import { createParser } from '../src/sse-client/parser.ts'

const smoke = process.argv.includes('--smoke')
const wanted = new RegExp(process.argv.slice(2).find(arg => !arg.startsWith('--')) ?? '')
const ROUNDS = smoke ? 2 : 31
const WARM_UP = smoke ? 1 : 8
/** What a round takes at least, in ms of CPU: it parses its stream so often. Garbage collections else decide the short ones. */
const ROUND_TIME = smoke ? 0 : 4
/** Characters of a stream: enough for a round to take a large part of a millisecond. */
const LENGTH = smoke ? 20_000 : 400_000

const repeat = (make: (index: number) => string): string => {
  let stream = ''
  for (let index = 0; stream.length < LENGTH; index++) stream += make(index)
  return stream
}

const streams: Record<string, string> = {
  'model tokens': repeat(
    i => `data: {"id":"c-1","choices":[{"index":0,"delta":{"content":" word${i}"}}]}\n\n`,
  ),
  'chat messages': repeat(
    i =>
      `id: ep-${i}\nevent: message\ndata: {"id":"ep-${i}","room":"lobby","speaker":"a","data":{"message":"line ${i}"}}\n\n`,
  ),
  'data in 4 lines': repeat(i => `data: first ${i}\ndata: second\ndata: third\ndata: fourth\n\n`),
  'data in 200 lines': repeat(() => `${'data: some line of text\n'.repeat(200)}\n`),
  CRLF: repeat(i => `id: ${i}\r\ndata: {"hello":"world ${i}"}\r\n\r\n`),
  'lone CR': repeat(i => `id: ${i}\rdata: {"hello":"world ${i}"}\r\r`),
  heartbeats: repeat(() => ': keep-alive\n\n'),
  'Chinese and Japanese': repeat(i => `id: ${i}\ndata: {"message":"冲！冲刺！こんにちは世界 ${i}"}\n\n`),
  'events of 100 kB': repeat(() => `data: ${'x'.repeat(100_000)}\n\n`),
}
/** Bytes of a chunk: a trickle, a small write, a packet, a read of a local socket, a read of a file. */
const chunkSizes = [1, 64, 1460, 16_384, 65_536]

type Chunk = string | Uint8Array

/** Chunks of `size` bytes, or at 0 of one event each; as strings each is one of its own, as a decoder gives them. */
function cut(stream: string, size: number, asBytes: boolean): Chunk[] {
  const bytes = new TextEncoder().encode(size === 1 ? stream.slice(0, LENGTH / 4) : stream)
  const pieces: Uint8Array[] = []
  if (size === 0)
    for (const event of stream.split(/(?<=\n\n|\r\n\r\n|\r\r)/)) pieces.push(new TextEncoder().encode(event))
  else for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.slice(at, at + size))
  if (asBytes) return pieces
  const decoder = new TextDecoder()
  return pieces.map(piece => decoder.decode(piece, { stream: true }))
}

interface Outcome {
  events: number
  characters: number
}

function ours(chunks: Chunk[]): Outcome {
  const outcome = { events: 0, characters: 0 }
  const parser = createParser({
    onEvent(event) {
      outcome.events++
      outcome.characters += event.data.length
    },
  })
  for (const chunk of chunks) parser.push(chunk)
  return outcome
}

function peers(chunks: Chunk[]): Outcome {
  const outcome = { events: 0, characters: 0 }
  const parser = createPeer({
    onEvent(event) {
      outcome.events++
      outcome.characters += event.data.length
    },
  })
  const decoder = new TextDecoder()
  for (const chunk of chunks)
    parser.feed(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
  return outcome
}

/** CPU time of a run, in µs. */
function time(run: () => void): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return user + system
}

interface Row {
  label: string
  chunks: () => Chunk[]
}

const rows: Row[] = ['strings', 'bytes']
  .flatMap(kind =>
    Object.entries(streams).flatMap(([name, stream]) =>
      [0, ...chunkSizes].map(size => ({
        label: `${kind}: ${name}, ${size === 0 ? 'an event a chunk' : `chunks of ${size} B`}`,
        chunks: () => cut(stream, size, kind === 'bytes'),
      })),
    ),
  )
  .filter(({ label }) => wanted.test(label))

/** The ratios of the rounds, peer's time / ours, in order. */
function measure({ label, chunks: make }: Row): number[] {
  const chunks = make()
  const [a, b] = [ours(chunks), peers(chunks)]
  if (a.events !== b.events || a.characters !== b.characters)
    throw new Error(`${label}: ${JSON.stringify(a)} here, ${JSON.stringify(b)} there`)
  const once = time(() => ours(chunks)) / 1000
  const times = Math.max(1, Math.ceil(ROUND_TIME / Math.max(once, 0.001)))
  const turn = (parse: (chunks: Chunk[]) => Outcome) =>
    time(() => {
      for (let index = 0; index < times; index++) parse(chunks)
    })
  const ratios: number[] = []
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    // Who goes first alternates: the second may find the garbage of the first.
    const first = round % 2 === 0
    const early = turn(first ? ours : peers)
    const late = turn(first ? peers : ours)
    if (round >= 0) ratios.push(first ? late / early : early / late)
  }
  return ratios.sort((x, y) => x - y)
}

/** The same in a process of its own, which prints them. */
function measureAlone({ label }: Row): number[] {
  const pattern = `^${label.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`
  const args = [import.meta.filename, pattern, '--print', ...(smoke ? ['--smoke'] : [])]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

const at = (ratios: number[], part: number) => ratios[Math.floor(part * (ratios.length - 1))]!
const figure = (ratios: number[]) =>
  `${at(ratios, 0.5).toFixed(2)} (${at(ratios, 0.25).toFixed(2)} to ${at(ratios, 0.75).toFixed(2)})`
const geometricMean = (values: number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length).toFixed(2)

if (process.argv.includes('--print')) console.log(JSON.stringify(measure(rows[0]!)))
else {
  console.log('times eventsource-parser: in a process of its own, in one process for all')
  const alone: number[] = []
  const together: number[] = []
  for (const row of rows) {
    const shared = measure(row)
    // A process for each row takes long: one shows that it works.
    const own = smoke && row !== rows[0] ? shared : measureAlone(row)
    alone.push(at(own, 0.5))
    together.push(at(shared, 0.5))
    console.log(`${figure(own)}   ${figure(shared)}   ${row.label}`)
  }
  console.log(
    `geometric means of ${rows.length}: ${geometricMean(alone)}, ${geometricMean(together)} times eventsource-parser`,
  )
}
