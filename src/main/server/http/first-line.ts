import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { LIMITS } from '../../../shared/limits.ts'
import { refuseConnection } from './refuse-connection.ts'

/** Bytes of a request's line and headers. The seed's GET line carries a text of up to 32 KiB, each byte as three characters. */
export const MAX_HEAD_BYTES = 3 * LIMITS.messageBytes + 16 * 1024
const NEWLINE = 10

/**
 * Hands a connection to node:http once its first request's line is there whole, or the connection has ended. The line
 * may come in several packets; of one with raw UTF-8 in a later packet, node:http would have swallowed the beginning. This costs a
 * connection one turn more, its later requests nothing.
 *
 * A connection without a byte yet is as harmless as one between two requests, and may be silent for as long: whoever
 * opens ten thousand at once may not come to speak on the first of them for half a minute. Once a line has begun, all of
 * it must come within `headersTimeout`, however many bytes trickle in.
 */
export function waitForFirstLine(server: Server): void {
  // The first of them is node:http's own, which puts its parser on the socket.
  const [attach] = server.listeners('connection') as ((socket: Socket) => void)[]
  server.off('connection', attach!)
  server.on('connection', (socket: Socket) => {
    if (socket.destroyed) return
    const packets: Buffer[] = []
    let size = 0
    let deadline: NodeJS.Timeout | undefined
    let released = false

    function take(packet: Buffer): void {
      packets.push(packet)
      size += packet.length
      if (packet.includes(NEWLINE)) handOn()
      else if (size > MAX_HEAD_BYTES) refuse(431)
      else deadline ??= setTimeout(tooSlow, server.headersTimeout)
    }

    /** Judged once all that waits in the socket is read: a server that was busy cuts nobody for it. */
    function silentTooLong(): void {
      setImmediate(() => {
        if (!released && size === 0) giveUp()
      })
    }

    function tooSlow(): void {
      setImmediate(() => {
        if (!released) refuse(408)
      })
    }

    function handOn(): void {
      release()
      socket.pause()
      if (packets.length > 0) socket.unshift(packets.length === 1 ? packets[0]! : Buffer.concat(packets))
      attach!.call(server, socket)
      socket.resume()
    }

    function giveUp(): void {
      release()
      socket.destroy()
    }

    function refuse(status: 400 | 408 | 431): void {
      release()
      socket.resume()
      const isHead = packets[0]?.subarray(0, 5).toString('latin1') === 'HEAD '
      refuseConnection(socket, status, isHead)
    }

    function halfALine(): void {
      if (size === 0) giveUp()
      else refuse(400)
    }

    function release(): void {
      released = true
      clearTimeout(silence)
      clearTimeout(deadline)
      socket.off('data', take)
      socket.off('end', halfALine)
      socket.off('error', giveUp)
    }

    socket.on('data', take)
    socket.on('end', halfALine)
    socket.on('error', giveUp)
    // Not the socket's own timeout: a socket keeps the timer for good, some hundred bytes a stream.
    const silence = setTimeout(silentTooLong, server.keepAliveTimeout)
  })
}
