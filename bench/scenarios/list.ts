import { hasNchan, nginxNchan } from '../peers/nginx-nchan.ts'
import { bareSockets, betterSse, resWrite } from '../peers/node-peers.ts'
import { possibleStreams } from '../peers/node-process.ts'
import type { Peer } from '../peers/peer.ts'
import { streamingMessage } from '../peers/streaming-message.ts'
import type { Metric, Scenario } from '../report/scenario.ts'
import { cloneStart } from './clone.ts'
import { connections } from './connections.ts'
import { fanOut } from './fan-out.ts'
import { firstLetter, showingPages } from './first-letter.ts'
import { latency } from './latency.ts'
import { memory } from './memory.ts'
import { desktopStart, firstVisit, visitedPages } from './pages.ts'
import { replayStorm } from './replay-storm.ts'
import { startUp } from './start-up.ts'
import { typing, typingPages } from './typing.ts'

const nchan = hasNchan() ? [nginxNchan] : []
const all: Peer[] = [streamingMessage, bareSockets, resWrite, betterSse, ...nchan]

const deliveries = (budgets: Metric['budgets'] = []): Metric => ({
  key: 'deliveries',
  title: 'deliveries',
  unit: 'events/s',
  better: 'higher',
  budgets,
})
const cpu: Metric = {
  key: 'cpu',
  title: 'CPU of the server',
  unit: 'µs a delivery',
  better: 'lower',
  digits: 2,
}

/** @param smoke small numbers and one round: shows that everything runs, not how fast. */
export function scenarios(smoke: boolean): Scenario[] {
  const rounds = (full: number) => (smoke ? 1 : full)
  const size = (full: number, small: number) => (smoke ? small : full)
  const subscribers = size(1_000, 50)
  const streams = size(possibleStreams(20_000), 400)
  /** Milliseconds for which memory must stand still to be that at rest. */
  const stillFor = size(1_000, 100)
  /** A smoke run sees every peer in the first scenario; where the others do the same again it has ours and one peer. */
  const few = (peer: Peer) => (smoke ? [streamingMessage, peer] : all)
  const list: Scenario<Peer>[] = [
    {
      name: 'Fan-out',
      what: `One publisher, ${size(300, 20)} messages one after the other, ${subscribers} subscribers.`,
      peers: all,
      rounds: rounds(5),
      metrics: [
        deliveries([
          { against: 'bare sockets', atLeast: 0.9 },
          { against: 'res.write', atLeast: 1.6 },
          { against: 'better-sse', atLeast: 1.6 },
          { against: 'nginx + Nchan', atLeast: 1 },
        ]),
        cpu,
      ],
      run: peer => fanOut(peer, { subscribers, publishers: 1, messages: size(300, 20) }),
    },
    {
      name: 'Fan-out, 20 publishers',
      what: `Twenty publishers at once, each sending when its last message was accepted, ${subscribers} subscribers.`,
      peers: few(betterSse),
      rounds: rounds(3),
      metrics: [
        deliveries([
          { against: 'bare sockets', atLeast: 3 },
          { against: 'nginx + Nchan', atLeast: 1 },
        ]),
        cpu,
      ],
      run: peer => fanOut(peer, { subscribers, publishers: 20, messages: size(400, 40) }),
    },
    {
      name: 'Publishing',
      what: 'Sixty-four publishers at once to a room with 10 subscribers; ours stores each message before it answers.',
      peers: few(resWrite),
      rounds: rounds(3),
      metrics: [
        {
          key: 'messages',
          title: 'messages stored and delivered',
          unit: 'messages/s',
          better: 'higher',
          budgets: [{ atLeast: 5_000 }],
        },
      ],
      run: peer => fanOut(peer, { subscribers: 10, publishers: 64, messages: size(20_000, 200) }),
    },
    {
      name: 'Latency',
      what: `20 messages/s to ${subscribers} subscribers for ${size(6, 0.5)} s, from sending to each subscriber’s receiving.`,
      peers: few(bareSockets),
      rounds: rounds(3),
      metrics: [
        { key: 'p50', title: 'p50', unit: 'ms', better: 'lower' },
        {
          key: 'p99',
          title: 'p99',
          unit: 'ms',
          better: 'lower',
          budgets: [{ against: 'bare sockets', atMost: 1.3 }],
        },
      ],
      run: peer => latency(peer, { subscribers, rate: 20, seconds: size(6, 0.5) }),
    },
    {
      name: 'Memory',
      what: `${size(10_000, 200).toLocaleString('en')} idle subscribers; what each beyond the first tenth adds to the resident memory, after the garbage collection that Node does by itself once a server is idle for eight seconds (asked for here, in all of Node’s servers), and before it.`,
      peers: few(nchan[0] ?? bareSockets),
      rounds: rounds(2),
      metrics: [
        {
          key: 'memory',
          title: 'memory of an idle subscriber',
          unit: 'KiB',
          better: 'lower',
          budgets: [{ against: 'bare sockets', atMost: 1.2 }],
        },
        { key: 'opened', title: 'as soon as all are open', unit: 'KiB', better: 'lower' },
      ],
      run: peer => memory(peer, { subscribers: size(10_000, 200), stillFor }),
    },
    {
      name: 'Connections',
      what: `${streams.toLocaleString('en')} streams (the most that this machine’s limit of open files allows, up to 20,000) opened as fast as they are taken, then left alone for ${size(10, 0.2)} s.`,
      peers: [streamingMessage, bareSockets],
      rounds: rounds(2),
      metrics: [
        {
          key: 'refused',
          title: 'refused',
          unit: 'streams',
          better: 'lower',
          digits: 0,
          budgets: [{ atMost: 0 }],
        },
        { key: 'seconds', title: 'until all are open', unit: 's', better: 'lower' },
        {
          key: 'loop',
          title: 'event loop late while idle, p99',
          unit: 'ms',
          better: 'lower',
          budgets: [{ atMost: 50 }],
        },
        { key: 'rss', title: 'resident memory', unit: 'MiB', better: 'lower' },
      ],
      run: peer => connections(peer, { count: streams, idleSeconds: size(10, 0.2) }),
    },
    {
      name: 'Replay storm',
      what: `${subscribers} clients come back at once, each misses ${size(100, 5)} messages.`,
      peers: [streamingMessage, ...nchan],
      rounds: rounds(3),
      metrics: [
        { key: 'seconds', title: 'until the last has its last', unit: 's', better: 'lower', digits: 2 },
      ],
      run: peer => replayStorm(peer, { clients: subscribers, missed: size(100, 5) }),
    },
    {
      name: 'Start',
      what: 'From the start of the process until it listens, with an empty data folder, and what it needs at rest.',
      peers: [streamingMessage, bareSockets, ...(smoke ? [] : [betterSse])],
      rounds: rounds(3),
      metrics: [
        { key: 'seconds', title: 'until it listens', unit: 's', better: 'lower', digits: 2 },
        { key: 'rss', title: 'memory at rest', unit: 'MiB', better: 'lower', budgets: [{ atMost: 110 }] },
      ],
      run: peer => startUp(peer, { stillFor }),
    },
  ]
  const page: Scenario<(typeof typingPages)[number]> = {
    name: 'Typing',
    what: `Frames in Chromium at 1280 × 720, painted by the processor, while the player types a line of ${size(1_000, 60)} characters, Chinese and English, at the pace of a new room.`,
    peers: typingPages,
    rounds: rounds(2),
    metrics: [
      { key: 'p50', title: 'frame time, p50', unit: 'ms', better: 'lower' },
      { key: 'p99', title: 'frame time, p99', unit: 'ms', better: 'lower' },
      { key: 'worst', title: 'longest frame', unit: 'ms', better: 'lower' },
      { key: 'late', title: 'frames over 20 ms', unit: '%', better: 'lower', budgets: [{ atMost: 0 }] },
    ],
    run: page => typing(page, { characters: size(1_000, 60), seconds: size(10, 3) }),
  }
  const letter: Scenario<(typeof showingPages)[number]> = {
    name: 'First letter',
    what: `${size(241, 4)} lines of 18, 79 and 1,000 characters, in turn, to a page in Chromium that is open and idle, its box cleared before each; from just before the request is sent until the page has painted the frame with the first letter and handed it over to be drawn. The first of all, to a page just opened, stands in a row of its own.`,
    peers: showingPages,
    rounds: 1,
    metrics: [
      { key: 'p50', title: 'publish to first letter, p50', unit: 'ms', better: 'lower' },
      {
        key: 'p99',
        title: 'publish to first letter, p99',
        unit: 'ms',
        better: 'lower',
        budgets: [{ atMost: 33.4 }],
      },
      { key: 'long', title: 'of 1,000 characters, p99', unit: 'ms', better: 'lower' },
      { key: 'cold', title: 'the first line on a page just opened', unit: 'ms', better: 'lower' },
    ],
    run: page => firstLetter(page, { publishes: size(241, 4), settling: size(2_000, 100) }),
  }
  const visit: Scenario<(typeof visitedPages)[number]> = {
    name: 'First visit',
    what: 'The player in a Chromium that has never seen it, in a room that shows a line.',
    peers: visitedPages,
    rounds: rounds(5),
    metrics: [
      {
        key: 'bytes',
        title: 'transferred, without fonts and pictures',
        unit: 'KiB',
        better: 'lower',
        budgets: [{ atMost: 60 }],
      },
      {
        key: 'text',
        title: 'from navigation to the first text',
        unit: 'ms',
        better: 'lower',
        budgets: [{ atMost: 300 }],
      },
    ],
    run: firstVisit,
  }
  const desktop: Scenario = {
    name: 'Desktop start',
    what: 'The desktop app with an empty profile, until its controller can be typed into; on the stand-in for Electron where Electron is not installed.',
    peers: [{ name: 'desktop app', what: 'the built main bundle' }],
    rounds: rounds(3),
    metrics: [
      {
        key: 'seconds',
        title: 'window usable, from the main bundle’s start',
        unit: 's',
        better: 'lower',
        digits: 2,
        budgets: [{ atMost: 2 }],
      },
      {
        key: 'whole',
        title: 'the same from the start of the process',
        unit: 's',
        better: 'lower',
        digits: 2,
      },
    ],
    run: desktopStart,
  }
  const clone: Scenario = {
    name: 'Fresh clone',
    what: 'A clone of this repository, without a display, npm’s cache as this machine has it.',
    peers: [
      { name: 'npm', what: '`npm ci && npm start` until the player is served, then `npm start` once more' },
    ],
    rounds: 1,
    metrics: [
      {
        key: 'first',
        title: 'npm ci && npm start',
        unit: 's',
        better: 'lower',
        budgets: [{ atMost: 90 }],
      },
      {
        key: 'second',
        title: 'second start',
        unit: 's',
        better: 'lower',
        digits: 2,
        budgets: [{ atMost: 3 }],
      },
    ],
    run: cloneStart,
  }
  // CI is a fresh clone itself.
  return [...list, page, letter, visit, desktop, ...(smoke ? [] : [clone])] as Scenario[]
}
