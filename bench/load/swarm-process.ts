import { connect, type Socket } from 'node:net'
import { MARK, now, STAMP_DIGITS, type SwarmCommand, type SwarmReport } from './messages.ts'

/**
 * The audience of a benchmark, in a process of its own: plain sockets that ask for an event stream and count the
 * events in what comes. All share one read buffer and nothing is parsed, so that the client costs less than the
 * servers that it measures, and costs the same for each.
 */
const MARK_BYTE = MARK.charCodeAt(0)
const buffer = Buffer.allocUnsafe(64 * 1024)
const sockets = new Set<Socket>()

let received = 0
let expected = Number.POSITIVE_INFINITY
let withLatency = false
let latencies: number[] = []
let cpuBefore = process.cpuUsage()

function tell(report: SwarmReport): void {
  process.send!(report)
}

function read(size: number): boolean {
  for (let at = buffer.indexOf(MARK_BYTE); at !== -1 && at < size; at = buffer.indexOf(MARK_BYTE, at + 1)) {
    received++
    if (withLatency && at + STAMP_DIGITS < size) {
      latencies.push(now() - Number(buffer.toString('latin1', at + 1, at + 1 + STAMP_DIGITS)))
    }
  }
  // Marks of an earlier, longer read must not be found again.
  buffer.fill(0, 0, size)
  if (received >= expected) report()
  return true
}

function report(): void {
  const { user, system } = process.cpuUsage(cpuBefore)
  tell({ type: 'received', events: received, at: now(), latencies, cpu: user + system })
  expected = Number.POSITIVE_INFINITY
}

type Open = Extract<SwarmCommand, { type: 'open' }>

/** Milliseconds until a stream that was cut off before its head came tries again, as an EventSource does. */
const RETRY_DELAY = 500
const MAX_TRIES = 20

/**
 * Opens `count` streams, `atOnce` of them at a time; a stream is open when its response's head has come. One that gets
 * no answer comes back, and is counted as refused each time; one that gets another answer does not.
 */
function open({ port, path, count, atOnce, addresses }: Open): void {
  const began = now()
  let started = 0
  let open = 0
  let refused = 0
  let lost = 0

  function next(): void {
    if (started === count) return
    attempt(started++, 1)
  }

  function settled(): void {
    if (open + lost === count) tell({ type: 'opened', open, refused, microseconds: now() - began })
    else next()
  }

  function attempt(index: number, tries: number): void {
    let answered = false
    const socket = connect({
      host: '127.0.0.1',
      // One source address has some 28,000 ports towards one server. With a single one the system picks the port as it
      // connects: to bind ten thousand by name beforehand takes it up to a minute.
      ...(addresses > 1 ? { localAddress: `127.0.0.${1 + (index % addresses)}` } : {}),
      port,
      onread: {
        buffer,
        callback(size) {
          if (!answered) {
            answered = true
            if (buffer.toString('latin1', 0, 12) === 'HTTP/1.1 200') open++
            else {
              refused++
              lost++
            }
            settled()
          }
          return read(size)
        },
      },
    })
    const cutOff = (ofOurs: boolean) => {
      if (answered) return
      answered = true
      if (!ofOurs) refused++
      if (tries < MAX_TRIES) setTimeout(attempt, RETRY_DELAY, index, tries + 1)
      else {
        lost++
        settled()
      }
    }
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('connect', () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: text/event-stream\r\n\r\n`),
    )
    // This machine's ports are all in use, most by connections that have just ended: no fault of the server.
    socket.on('error', ({ code }: NodeJS.ErrnoException) => cutOff(code === 'EADDRNOTAVAIL'))
    socket.on('close', () => {
      sockets.delete(socket)
      cutOff(false)
    })
  }

  for (let i = 0; i < Math.min(atOnce, count); i++) next()
}

process.on('message', (command: SwarmCommand) => {
  if (command.type === 'open') open(command)
  else if (command.type === 'expect') {
    received = 0
    latencies = []
    withLatency = command.latency
    expected = command.events
    cpuBefore = process.cpuUsage()
    tell({ type: 'expecting' })
  } else {
    for (const socket of sockets) socket.destroy()
    tell({ type: 'cut' })
  }
})
