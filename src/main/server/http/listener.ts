import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { StartError } from '../errors.ts'
import type { ConnectionLimit } from '../limits/index.ts'
import { isLoopback } from '../status/addresses.ts'
import { MAX_HEAD_BYTES } from './first-line.ts'
import { serveRawRequestLines } from './raw-request-line.ts'
import { refuseConnection } from './refuse-connection.ts'

/** The server's ear: one HTTP server on one address, which can be changed while it runs. */
export interface Listener {
  readonly host: string
  readonly port: number
  /**
   * Listens on another address of this machine, at the same port. Connections stay, but for those from other
   * machines when only loopback is left; they are cut once the answers under way are out.
   * @throws StartError; it then listens where it did.
   */
  move(host: string): Promise<void>
  stopAccepting(): void
  closeIdle(): void
  /** Cuts every connection. */
  closeAll(): void
}

/** One HTTP server with its connections. Node forgets a server's connections when it listens anew, so each address has its own. */
interface Ear {
  server: Server
  sockets: Set<Socket>
}

const SERVER_OPTIONS = {
  keepAliveTimeout: 65_000,
  maxHeaderSize: MAX_HEAD_BYTES,
  headersTimeout: 20_000,
  connectionsCheckingInterval: 5_000,
  // The Host check answers with the envelope.
  requireHostHeader: false,
} as const

/** Milliseconds that answers under way get before a connection is cut. */
const CUT_DELAY = 500
/** Milliseconds within which failures to accept are told once: where no file can be opened any more, each attempt fails. */
const TELL_AGAIN = 60_000

interface ListenerParts {
  handler: RequestListener
  host: string
  /** 0 = any free one. */
  port: number
  connections: ConnectionLimit
  /** Told that a connection could not be accepted; the next one may be. */
  notAccepted(error: Error): void
}

/** @throws StartError. */
export async function openListener(parts: ListenerParts): Promise<Listener> {
  const { handler, host, port, connections } = parts
  const ears: Ear[] = []
  let boundHost = host
  let lastTold = Number.NEGATIVE_INFINITY

  function notAccepted(error: Error): void {
    const now = performance.now()
    if (now - lastTold < TELL_AGAIN) return
    lastTold = now
    parts.notAccepted(error)
  }

  async function open(at: string, atPort: number): Promise<Ear> {
    const server = createServer(SERVER_OPTIONS, handler)
    const ear: Ear = { server, sockets: new Set() }
    serveRawRequestLines(server)
    server.prependListener('connection', (socket: Socket) => {
      ear.sockets.add(socket)
      socket.once('close', () => ear.sockets.delete(socket))
      if (!connections.take(socket)) socket.destroy()
    })
    answerTheUnusual(server)
    await listen(server, at, atPort)
    // Without a listener it would end the process.
    server.on('error', notAccepted)
    ears.unshift(ear)
    return ear
  }

  function cutStrangers(): void {
    // Opened again meanwhile.
    if (!isLoopback(boundHost)) return
    for (const { sockets } of ears) {
      for (const socket of sockets) if (!isLoopback(socket.remoteAddress ?? '')) socket.destroy()
    }
  }

  const first = await open(host, port)
  const boundPort = (first.server.address() as AddressInfo).port

  return {
    get host() {
      return boundHost
    },
    port: boundPort,
    async move(to) {
      if (to === boundHost) return
      const [before] = ears
      // Two servers can't have the port, so there is a moment without one; clients try again.
      before!.server.close()
      try {
        await open(to, boundPort)
        boundHost = to
      } catch (error) {
        await open(boundHost, boundPort)
        throw error
      }
      if (isLoopback(to)) setTimeout(cutStrangers, CUT_DELAY)
    },
    stopAccepting: () => void ears[0]!.server.close(),
    closeIdle() {
      for (const { server } of ears) server.closeIdleConnections()
    },
    closeAll() {
      for (const { sockets } of ears) for (const socket of sockets) socket.destroy()
    },
  }
}

/** What node:http would answer by itself without a body, or not at all. */
function answerTheUnusual(server: Server): void {
  server.on('connect', (_request, stream) => {
    const socket = stream as Socket
    socket.on('error', () => socket.destroy())
    refuseConnection(socket, 405, false)
  })
  server.on('checkExpectation', ({ socket }) => refuseConnection(socket, 417, false))
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => reject(listenError(error, host, port))
    server.once('error', refused)
    // A storm of a thousand players that come back at once must not be refused.
    server.listen({ host, port, backlog: 4096 }, () => {
      server.off('error', refused)
      resolve()
    })
  })
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): StartError {
  if (error.code === 'EADDRINUSE') {
    return new StartError(
      'port-in-use',
      `port ${port} is in use: stop what uses it, or take another by PORT or --port (0 picks a free one)`,
      { cause: error },
    )
  }
  if (error.code === 'EACCES') {
    return new StartError(
      'listen',
      `port ${port} may not be used without more rights: take one above 1023 by PORT or --port`,
    )
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return new StartError(
      'listen',
      `HOST: this machine has no address "${host}"; 127.0.0.1 is this machine only, 0.0.0.0 the whole LAN`,
    )
  }
  return new StartError('listen', `can't listen on ${host}:${port}: ${error.message}`, { cause: error })
}
