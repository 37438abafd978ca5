/**
 * The parser beside eventsource-parser: both in one process, turn by turn on the same streams, so that what the machine
 * does meanwhile falls on both. Prints the ratio of the medians (above 1: ours is faster) and our throughput.
 *
 *     node bench/parser.ts            # all, some 20 s
 *     node bench/parser.ts --smoke    # a few rounds: does it run, do both find the same events
 */
import { createParser as createPeer } from 'eventsource-parser'
import { createParser } from '../src/sse-client/parser.ts'

const smoke = process.argv.includes('--smoke')
const ROUNDS = smoke ? 2 : 61
const WARM_UP = smoke ? 1 : 8
/** Size of a stream, in events' bytes: large enough that a round takes milliseconds. */
const BYTES = smoke ? 50_000 : 2_000_000

const repeat = (make: (index: number) => string): string => {
  let stream = ''
  for (let index = 0; stream.length < BYTES; index++) stream += make(index)
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
  'text in lines': repeat(i => `data: first ${i}\ndata: second\ndata: third\ndata: fourth\n\n`),
  CRLF: repeat(i => `id: ${i}\r\ndata: {"hello":"world ${i}"}\r\n\r\n`),
  heartbeats: repeat(() => ': keep-alive\n\n'),
  'events of 100 kB': repeat(() => `data: ${'x'.repeat(100_000)}\n\n`),
}
/** A trickle through a proxy, a packet, a read of a local socket; in bytes. */
const chunkSizes = [64, 1460, 16_384]

/** Cut as a decoder would give them: strings of their own, not views of one. */
function cut(stream: string, size: number): string[] {
  const bytes = Buffer.from(stream)
  const chunks: string[] = []
  for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size).toString('utf8'))
  return chunks
}

interface Outcome {
  events: number
  characters: number
}

function ours(chunks: string[]): Outcome {
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

function peers(chunks: string[]): Outcome {
  const outcome = { events: 0, characters: 0 }
  const parser = createPeer({
    onEvent(event) {
      outcome.events++
      outcome.characters += event.data.length
    },
  })
  for (const chunk of chunks) parser.feed(chunk)
  return outcome
}

function time(run: () => void): number {
  const start = performance.now()
  run()
  return performance.now() - start
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1]!

let product = 1
let rows = 0
for (const [name, stream] of Object.entries(streams))
  for (const size of chunkSizes) {
    const chunks = cut(stream, size)
    const [a, b] = [ours(chunks), peers(chunks)]
    if (a.events !== b.events || a.characters !== b.characters)
      throw new Error(`${name}: ${JSON.stringify(a)} here, ${JSON.stringify(b)} there`)
    const times: { ours: number[]; peers: number[] } = { ours: [], peers: [] }
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      // Who goes first alternates: the second may find the garbage of the first.
      const first = round % 2 === 0
      const early = time(() => (first ? ours(chunks) : peers(chunks)))
      const late = time(() => (first ? peers(chunks) : ours(chunks)))
      if (round < 0) continue
      times.ours.push(first ? early : late)
      times.peers.push(first ? late : early)
    }
    const ratio = median(times.peers) / median(times.ours)
    product *= ratio
    rows++
    const speed = stream.length / 1000 / median(times.ours)
    console.log(
      `${name.padEnd(18)} chunks of ${String(size).padStart(5)} B  ${ratio.toFixed(2)} times eventsource-parser  ${speed.toFixed(0).padStart(5)} MB/s`,
    )
  }
console.log(`geometric mean of ${rows}: ${(product ** (1 / rows)).toFixed(2)} times eventsource-parser`)
