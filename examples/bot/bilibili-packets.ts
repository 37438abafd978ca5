import { createHash } from 'node:crypto'
import { brotliDecompressSync, inflateSync } from 'node:zlib'
import type { ChatLine } from './overlay.ts'

export const OPERATION = { heartbeat: 2, heartbeatReply: 3, message: 5, auth: 7, authReply: 8 } as const

/** A packet's body may hold further packets, compressed. */
const VERSION = { json: 0, plain: 1, zlib: 2, brotli: 3 } as const

/**
 * Bytes of the head, all big-endian: total length (4), head length (2), version (2), operation (4), sequence (4).
 */
const HEAD = 16

export interface Packet {
  operation: number
  body: string
}

export function encodePacket(
  operation: number,
  body: string,
  version: number = VERSION.plain,
): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(body)
  const packet = new Uint8Array(HEAD + bytes.length)
  const view = new DataView(packet.buffer)
  view.setUint32(0, packet.length)
  view.setUint16(4, HEAD)
  view.setUint16(6, version)
  view.setUint32(8, operation)
  view.setUint32(12, 1)
  packet.set(bytes, HEAD)
  return packet
}

/** @returns the packets in one WebSocket message; what is cut short or unreadable is left out. */
export function decodePackets(bytes: Uint8Array): Packet[] {
  const packets: Packet[] = []
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const view = new DataView(bytes.buffer, bytes.byteOffset + at)
    const length = view.getUint32(0)
    const head = view.getUint16(4)
    if (length < head || head < HEAD || at + length > bytes.length) break
    const body = bytes.subarray(at + head, at + length)
    const version = view.getUint16(6)
    if (version === VERSION.zlib) packets.push(...unpack(inflateSync, body))
    else if (version === VERSION.brotli) packets.push(...unpack(brotliDecompressSync, body))
    else packets.push({ operation: view.getUint32(8), body: new TextDecoder().decode(body) })
    at += length
  }
  return packets
}

function unpack(decompress: (bytes: Uint8Array) => Uint8Array, body: Uint8Array): Packet[] {
  try {
    return decodePackets(decompress(body))
  } catch {
    return []
  }
}

/** @returns null for what is no JSON. */
function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** @returns 0 where the login was taken, else Bilibili's reason; null for all else, and for what can't be read. */
export function toLoginCode({ operation, body }: Packet): number | null {
  return operation === OPERATION.authReply ? (parse<{ code?: number }>(body)?.code ?? null) : null
}

/** @returns the danmaku in a packet, null for gifts, arrivals and all else. */
export function toChatLine({ operation, body }: Packet): ChatLine | null {
  if (operation !== OPERATION.message) return null
  const { cmd, info } = parse<{ cmd?: string; info?: [unknown[], unknown, unknown[]] }>(body) ?? {}
  // Some rooms get `DANMU_MSG:4:0:2:2:2:0`.
  if (cmd?.split(':')[0] !== 'DANMU_MSG' || !Array.isArray(info)) return null
  const [attributes, text, user] = info
  if (typeof text !== 'string') return null
  // There is no id: sender, time and text stand for one.
  const id = createHash('sha256')
    .update(JSON.stringify([attributes?.[4], user?.[0], text]))
    .digest('hex')
    .slice(0, 32)
  return { id: `bilibili-${id}`, speaker: String(user?.[1] ?? ''), text }
}
