import { type DanmakuServer, findDanmakuServer } from './bilibili-api.ts'
import { decodePackets, encodePacket, OPERATION, toChatLine, toLoginCode } from './bilibili-packets.ts'
import { readLine } from './line.ts'
import { createOverlay, readOverlayOptions } from './overlay.ts'
import { keepConnected } from './reconnect.ts'

/**
 * Shows a Bilibili live room's danmaku on the overlay.
 *
 *     SM_TOKEN=… npm run bilibili -- ROOM_NUMBER
 *
 * Bilibili gives the full names of the audience to those who are signed in only: put your browser's cookie for
 * live.bilibili.com into BILIBILI_COOKIE for that.
 */
const roomNumber = Number(process.argv[2])
if (!Number.isInteger(roomNumber) || roomNumber <= 0) {
  console.error('usage: SM_TOKEN=… npm run bilibili -- ROOM_NUMBER')
  process.exit(2)
}
const hosts = {
  main: process.env.BILIBILI_API_URL ?? 'https://api.bilibili.com',
  live: process.env.BILIBILI_API_URL ?? 'https://api.live.bilibili.com',
}
const cookie = process.env.BILIBILI_COOKIE ?? ''
const show = createOverlay(readOverlayOptions())

/** Milliseconds; the server answers each, and closes a connection that is silent for 70 s. */
const HEARTBEAT = 30_000

/** Resolves when the connection has ended. */
function read({ url, key, room, uid, buvid }: DanmakuServer, onJoined: () => void): Promise<void> {
  return readLine({
    url,
    interval: HEARTBEAT,
    beat: socket => socket.send(encodePacket(OPERATION.heartbeat, '')),
    onOpen(socket) {
      const login = { uid, roomid: room, protover: 3, buvid, platform: 'web', type: 2, key }
      socket.send(encodePacket(OPERATION.auth, JSON.stringify(login)))
    },
    onMessage(data, socket) {
      for (const packet of decodePackets(new Uint8Array(data as ArrayBuffer))) {
        const code = toLoginCode(packet)
        if (code === 0) {
          onJoined()
          // The first at once: it brings the answer that shows that the line is up.
          socket.send(encodePacket(OPERATION.heartbeat, ''))
        } else if (code !== null) {
          console.error(`Bilibili does not take the key (${code})`)
          socket.close()
        }
        const line = toChatLine(packet)
        if (line) show(line)
      }
    },
  })
}

await keepConnected(async onJoined => {
  const server = await findDanmakuServer(hosts, roomNumber, cookie)
  await read(server, () => {
    console.log(`reading room ${server.room}`)
    onJoined()
  })
})
