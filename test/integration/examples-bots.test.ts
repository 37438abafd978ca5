import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { signed } from '../../examples/bot/bilibili-api.ts'
import { decodePackets, encodePacket, OPERATION } from '../../examples/bot/bilibili-packets.ts'
import { readLine } from '../../examples/bot/line.ts'
import { createOverlay } from '../../examples/bot/overlay.ts'
import { type ExampleBench, startExampleBench } from '../support/example.ts'

let bench: ExampleBench
beforeAll(async () => {
  bench = await startExampleBench()
})
afterEach(() => bench.tidy())
afterAll(() => bench.server.dispose())

describe('Twitch', () => {
  /** Speaks the server's side of IRC; `after` runs when somebody has joined, with how many had before. */
  async function startTwitch(after: (socket: WebSocket, before: number) => void) {
    const twitch = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(twitch, 'listening')
    bench.onTidy(() => twitch.close())
    const heard: string[] = []
    let joined = 0
    twitch.on('connection', socket => {
      socket.on('message', raw => {
        heard.push(String(raw))
        if (!String(raw).startsWith('JOIN')) return
        socket.send(':justinfan1!justinfan1@justinfan1.tmi.twitch.tv JOIN #somebody\r\n')
        after(socket, joined++)
      })
    })
    return { heard, url: `ws://127.0.0.1:${(twitch.address() as AddressInfo).port}` }
  }
  const said = (tags: string, nick: string, text: string) =>
    `@${tags} :${nick}!${nick}@${nick}.tmi.twitch.tv PRIVMSG #somebody :${text}\r\n`

  test('chat comes over, a retried line once, emotes as their text, without markup', async () => {
    const { heard, url } = await startTwitch(socket => {
      socket.send('PING :tmi.twitch.tv\r\n')
      const first = said('display-name=小猫;emotes=25:0-4;id=1', 'cat', 'Kappa 你好 [b]不是标记[/b]')
      socket.send(first + first)
      socket.send(said('display-name=;id=2', 'dog', '\u0001ACTION barks\u0001'))
      socket.send(':tmi.twitch.tv NOTICE #somebody :not a line of the chat\r\n')
      socket.send(said('display-name=A\\sB\\:;id=3', 'ab', 'tags have escapes'))
    })
    const messages = await bench.listen()
    bench.start('bot', "npm run twitch -- '#Somebody'", { TWITCH_CHAT_URL: url })
    expect(await messages(3)).toEqual([
      ['小猫', 'Kappa 你好 [b]不是标记[/b]'],
      ['dog', 'barks'],
      ['A B;', 'tags have escapes'],
    ])
    expect(heard[0]).toBe('CAP REQ :twitch.tv/tags twitch.tv/commands')
    expect(heard[1]).toMatch(/^NICK justinfan\d+$/)
    expect(heard).toContain('JOIN #somebody')
    expect(heard).toContain('PONG :tmi.twitch.tv')
  })

  test('comes back when the server says RECONNECT, or is gone', async () => {
    const { url } = await startTwitch((socket, before) => {
      socket.send(said(`id=visit-${before}`, 'cat', `visit ${before}`))
      if (before === 0) socket.send(':tmi.twitch.tv RECONNECT\r\n')
      if (before === 1) socket.terminate()
    })
    const messages = await bench.listen()
    bench.start('bot', 'npm run twitch -- somebody', { TWITCH_CHAT_URL: url })
    expect(await messages(3)).toEqual([
      ['cat', 'visit 0'],
      ['cat', 'visit 1'],
      ['cat', 'visit 2'],
    ])
  })
})

describe('Bilibili', () => {
  const IMAGES = {
    img_url: 'https://i0.hdslib.com/bfs/wbi/7cd084941338484aae1ad9425b84077c.png',
    sub_url: 'https://i0.hdslib.com/bfs/wbi/4932caff0ff746eab6f01bf08b70ac45.png',
  }
  const danmaku = (name: string, text: string, at: number) =>
    encodePacket(
      OPERATION.message,
      JSON.stringify({ cmd: 'DANMU_MSG', info: [[0, 1, 25, 0, at], text, [7, name]] }),
      0,
    )
  const gift = encodePacket(OPERATION.message, JSON.stringify({ cmd: 'SEND_GIFT', data: {} }), 0)

  /** Packets within a packet, compressed. */
  function packed(version: number, packets: Uint8Array[]): Buffer {
    const body = Buffer.concat(packets)
    const compressed = version === 3 ? brotliCompressSync(body) : deflateSync(body)
    const packet = Buffer.concat([encodePacket(OPERATION.message, '', version), compressed])
    packet.writeUInt32BE(packet.length, 0)
    return packet
  }

  /** Its two APIs and its WebSocket; `after` runs when somebody has signed in, with how many had before. */
  async function startBilibili(after: (socket: WebSocket, before: number) => void) {
    const asked: URL[] = []
    const api = createServer((req, res) => {
      const url = new URL(req.url!, 'http://127.0.0.1')
      asked.push(url)
      const answer = (data: unknown, code = 0) =>
        res.end(JSON.stringify({ code, message: String(code), data }))
      if (url.pathname === '/x/frontend/finger/spi') return answer({ b_3: 'browser-3' })
      // As to every program that has no such name.
      if (!req.headers.cookie?.includes('buvid3=browser-3')) return answer(null, -352)
      if (url.pathname === '/x/web-interface/nav') return answer({ isLogin: false, wbi_img: IMAGES }, -101)
      if (url.pathname === '/room/v1/Room/room_init') return answer({ room_id: 4242 })
      const { w_rid: _, wts, ...rest } = Object.fromEntries(url.searchParams)
      if (`?${signed(rest, { wbi_img: IMAGES }, Number(wts))}` !== url.search) return answer(null, -352)
      const { port } = api.address() as AddressInfo
      return answer({ token: 'key', host_list: [{ host: '127.0.0.1', wss_port: 1, ws_port: port }] })
    })
    const sockets = new WebSocketServer({ server: api, path: '/sub' })
    await new Promise<void>(done => api.listen(0, '127.0.0.1', done))
    bench.onTidy(() => {
      sockets.close()
      api.closeAllConnections()
      api.close()
    })
    const heard: { operation: number; body: string }[] = []
    let joined = 0
    sockets.on('connection', socket => {
      socket.on('message', raw => {
        const [packet] = decodePackets(new Uint8Array(raw as Buffer))
        heard.push(packet!)
        if (packet!.operation !== OPERATION.auth) return
        socket.send(encodePacket(OPERATION.authReply, '{"code":0}'))
        after(socket, joined++)
      })
    })
    return { heard, asked, url: `http://127.0.0.1:${(api.address() as AddressInfo).port}` }
  }

  test('danmaku come over, plain, by zlib and by brotli, emotes as their text', async () => {
    const { heard, url } = await startBilibili(socket => {
      socket.send(encodePacket(OPERATION.heartbeatReply, '\0\0\0\u0001'))
      socket.send(danmaku('观众甲', '前方高能', 1))
      socket.send(packed(2, [gift, danmaku('观众乙', '来了来了', 2)]))
      socket.send(packed(3, [danmaku('观众丙', '[dog]', 3), gift, danmaku('观众丁', '完', 4)]))
    })
    const messages = await bench.listen()
    bench.start('bot', 'npm run bilibili -- 42', { BILIBILI_API_URL: url })
    expect(await messages(4)).toEqual([
      ['观众甲', '前方高能'],
      ['观众乙', '来了来了'],
      ['观众丙', '[dog]'],
      ['观众丁', '完'],
    ])
    expect(JSON.parse(heard[0]!.body)).toEqual({
      uid: 0,
      roomid: 4242,
      protover: 3,
      buvid: 'browser-3',
      platform: 'web',
      type: 2,
      key: 'key',
    })
    expect(heard[1]!.operation).toBe(OPERATION.heartbeat)
  })

  test('comes back when the connection is gone, with a new key, and shows nothing twice', async () => {
    const { asked, url } = await startBilibili((socket, before) => {
      socket.send(danmaku('观众', '一', 1))
      if (before === 0) socket.terminate()
      else socket.send(danmaku('观众', '二', 2))
    })
    const messages = await bench.listen()
    bench.start('bot', 'npm run bilibili -- 42', { BILIBILI_API_URL: url })
    expect(await messages(2)).toEqual([
      ['观众', '一'],
      ['观众', '二'],
    ])
    expect(asked.filter(one => one.pathname.endsWith('getDanmuInfo')).length).toBeGreaterThan(1)
  })

  test('a packet that can’t be read is left out, and those after it come over', async () => {
    const { url } = await startBilibili(socket => {
      socket.send(encodePacket(OPERATION.message, 'not what it says', 2))
      socket.send(encodePacket(OPERATION.message, 'not what it says', 3))
      socket.send(encodePacket(OPERATION.message, '{"cmd":'))
      socket.send(encodePacket(OPERATION.authReply, ''))
      socket.send(encodePacket(OPERATION.authReply, '{"code":'))
      socket.send(danmaku('观众戊', '还在', 5))
    })
    const messages = await bench.listen()
    bench.start('bot', 'npm run bilibili -- 42', { BILIBILI_API_URL: url })
    expect(await messages(1)).toEqual([['观众戊', '还在']])
  })

  test('says that it can’t get through, and when it tries again', async () => {
    const bot = bench.start('bot', 'npm run bilibili -- 6 2>&1', { BILIBILI_API_URL: 'http://127.0.0.1:9' })
    await bot.line(/again in 1 s/)
    await bot.line(/again in 2 s/)
  })

  test('the signature is the one of Bilibili’s own pages', () => {
    // The example that circulates with the description of WBI.
    expect(signed({ foo: '114', bar: '514', zab: 1919810 }, { wbi_img: IMAGES }, 1702204169)).toBe(
      'bar=514&foo=114&wts=1702204169&zab=1919810&w_rid=8f6f2b5b3d485fe1886cec6a0be8c5d4',
    )
  })
})

describe('a line of a service', () => {
  const isOver = (line: Promise<void>) => Promise.race([line.then(() => true), Promise.resolve(false)])

  test('that falls silent has ended, though nobody says so', async () => {
    const dead = createServer()
    // The handshake, and never a word again: not even to the question to close.
    dead.on('upgrade', (req, socket) => {
      const accept = createHash('sha1')
        .update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64')
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      )
      bench.onTidy(() => socket.destroy())
    })
    await new Promise<void>(done => dead.listen(0, '127.0.0.1', done))
    bench.onTidy(() => dead.close())
    const beats: string[] = []
    await readLine({
      url: `ws://127.0.0.1:${(dead.address() as AddressInfo).port}`,
      interval: 20,
      beat: socket => {
        beats.push('beat')
        socket.send('beat')
      },
      onOpen: socket => socket.send('hello'),
      onMessage: () => expect.unreachable(),
    })
    expect(beats).toEqual(['beat'])
  })

  test('that answers is kept', async () => {
    const alive = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(alive, 'listening')
    bench.onTidy(() => alive.close())
    alive.on('connection', socket => socket.on('message', data => socket.send(String(data))))
    const heard: unknown[] = []
    let own: globalThis.WebSocket | undefined
    const line = readLine({
      url: `ws://127.0.0.1:${(alive.address() as AddressInfo).port}`,
      // Longer than a busy machine needs to answer.
      interval: 250,
      beat: socket => socket.send('beat'),
      onOpen: socket => {
        own = socket
      },
      onMessage: data => heard.push(data),
    })
    await expect.poll(() => heard.length).toBeGreaterThan(2)
    expect(await isOver(line)).toBe(false)
    own!.close()
    await line
  })
})

test('a flood is sent at a pace, in order; the oldest of what waits too long is left out', async () => {
  const got: string[] = []
  let refused = false
  const slow = createServer(async (req, res) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk)
    if (!refused) {
      refused = true
      res.writeHead(429, { 'Retry-After': '1' }).end()
      return
    }
    got.push(JSON.parse(String(Buffer.concat(chunks))).data.message)
    res.writeHead(202).end()
  })
  await new Promise<void>(done => slow.listen(0, '127.0.0.1', done))
  bench.onTidy(() => slow.close())
  const { port } = slow.address() as AddressInfo
  const show = createOverlay({ server: `http://127.0.0.1:${port}`, token: 'x', room: 'lobby' })
  for (let at = 0; at < 300; at++) show({ id: `flood-${at}`, speaker: 'crowd', text: String(at) })
  await expect.poll(() => got.length, { timeout: 20_000 }).toBeGreaterThan(3)
  // The first was on its way already; 200 wait.
  expect(got.slice(0, 3)).toEqual(['0', '100', '101'])
})
