import { decodePackets, encodePacket, OPERATION, toChatLine } from './bilibili-packets.ts'
import { createOverlay, readOverlayOptions } from './overlay.ts'

/**
 * Shows a Bilibili live room's danmaku on the overlay.
 *
 *     SM_TOKEN=… node examples/bot/bilibili.ts ROOM_NUMBER
 *
 * Bilibili gives the full names of the audience to those who are signed in only: put your browser's cookie for
 * live.bilibili.com into BILIBILI_COOKIE for that.
 */
const room = Number(process.argv[2])
if (!Number.isInteger(room) || room <= 0) {
  console.error('usage: SM_TOKEN=… node examples/bot/bilibili.ts ROOM_NUMBER')
  process.exit(2)
}
const api = process.env.BILIBILI_API_URL ?? 'https://api.live.bilibili.com'
const cookie = process.env.BILIBILI_COOKIE ?? ''
const show = createOverlay(readOverlayOptions())

/** Milliseconds; the server closes a connection that is silent for 70 s. */
const HEARTBEAT = 30_000

interface DanmuInfo {
  code: number
  message: string
  data?: { token: string; host_list: { host: string; wss_port: number; ws_port: number }[] }
}

async function askWhere(): Promise<{ url: string; token: string }> {
  const response = await fetch(`${api}/xlive/web-room/v1/index/getDanmuInfo?id=${room}&type=0`, {
    headers: cookie ? { Cookie: cookie } : {},
  })
  const { code, message, data } = (await response.json()) as DanmuInfo
  const host = data?.host_list[0]
  if (code !== 0 || !data || !host) throw new Error(`Bilibili answered ${code} ${message}`)
  const scheme = api.startsWith('http://127.0.0.1') ? 'ws' : 'wss'
  const port = scheme === 'ws' ? host.ws_port : host.wss_port
  return { url: `${scheme}://${host.host}:${port}/sub`, token: data.token }
}

async function connect(failures: number): Promise<void> {
  let joined = false
  try {
    const { url, token } = await askWhere()
    await read(url, token, () => {
      joined = true
      console.log(`reading room ${room}`)
    })
  } catch (error) {
    console.error((error as Error).message)
  }
  const next = joined ? 0 : failures + 1
  setTimeout(connect, Math.min(60_000, 1_000 * 2 ** next), next)
}

/** Resolves when the connection has ended. */
function read(url: string, token: string, onJoined: () => void): Promise<void> {
  return new Promise(resolve => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    let heartbeat: NodeJS.Timeout | undefined
    socket.addEventListener('open', () => {
      const login = { uid: 0, roomid: room, protover: 2, platform: 'web', type: 2, key: token }
      socket.send(encodePacket(OPERATION.auth, JSON.stringify(login)))
      heartbeat = setInterval(() => socket.send(encodePacket(OPERATION.heartbeat, '')), HEARTBEAT)
    })
    socket.addEventListener('message', ({ data }) => {
      for (const packet of decodePackets(new Uint8Array(data as ArrayBuffer))) {
        if (packet.operation === OPERATION.authReply) onJoined()
        const line = toChatLine(packet)
        if (line) void show(line)
      }
    })
    socket.addEventListener('close', () => {
      clearInterval(heartbeat)
      resolve()
    })
  })
}

void connect(0)
