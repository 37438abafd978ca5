import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { deflateSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { decodePackets, encodePacket, OPERATION } from '../../examples/bot/bilibili-packets.ts'
import { isMessage, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '../..')
let server: TestServer
const children: ChildProcess[] = []
const closing: (() => void)[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
  for (const close of closing.splice(0)) close()
})

/** Starts an example; `lines` grows as it prints. */
function start(file: string, args: string[] = [], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`examples/${file}`, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', SM_URL: server.url, SM_TOKEN: server.token, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const reader = createInterface({ input: child.stdout })
  const seen: string[] = []
  return {
    child,
    line: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((done, fail) => {
        const look = (text: string) => {
          const match = pattern.exec(text)
          if (match) done(match)
        }
        seen.forEach(look)
        reader.on('line', text => {
          seen.push(text)
          look(text)
        })
        child.once('exit', code => fail(new Error(`${file} ended with ${code}`)))
      }),
  }
}

/** The messages that reach the default room from now on. */
async function listen() {
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  closing.push(stream.close)
  return async (count: number) => {
    const events = await stream.waitForCount(count, isMessage)
    return events.map(event => JSON.parse(event.data)).map(({ speaker, data }) => [speaker, data.message])
  }
}

test('stock-price: events are named after their symbol', async () => {
  const [, url] = await start('stock-price/server.ts').line(/listening on (http:\S+)/)
  const stream = await openTestStream(`${url}/price`)
  closing.push(stream.close)
  const events = await stream.waitForCount(4)
  expect(events.map(event => event.event)).toEqual(['AAPL', 'AMZN', 'GOOG', 'MSFT'])
  for (const { id, data } of events) {
    expect(id).toMatch(/^\d{13}$/)
    expect(Number(data)).toBeLessThan(100)
  }
})

test('stock-price: the client prints what comes', async () => {
  const [, url] = await start('stock-price/server.ts').line(/listening on (http:\S+)/)
  const client = start('stock-price/client.ts', [`${url}/price`])
  await client.line(/^AAPL {3}\d/)
})

test('chat: a broadcast reaches everybody, a direct message one', async () => {
  const [, url] = await start('chat/server.ts').line(/listening on (http:\S+)/)
  const hertz = await openTestStream(`${url}/chat/sse?username=hertz`)
  const other = await openTestStream(`${url}/chat/sse?username=other`)
  closing.push(hertz.close, other.close)
  const post = (path: string) => run('curl', ['-s', '--location', '--request', 'POST', `${url}/chat/${path}`])
  await post('direct?from=kitex&message=hello%20hertz&to=hertz')
  await post('broadcast?from=kitex&message=cloudwego')
  const [direct, broadcast] = await hertz.waitForCount(2)
  expect(direct!.event).toBe('direct')
  expect(JSON.parse(direct!.data)).toMatchObject({
    Type: 'direct',
    From: 'kitex',
    To: 'hertz',
    Message: 'hello hertz',
  })
  expect(JSON.parse(broadcast!.data)).toMatchObject({ Type: 'broadcast', To: '', Message: 'cloudwego' })
  await other.waitForCount(1)
  expect(other.events.map(event => event.event)).toEqual(['broadcast'])
})

test('llm-stream: the model’s tokens are typed as they come', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events?since=now`)
  closing.push(stream.close)
  const { stdout } = await run(process.execPath, ['examples/llm-stream/run.ts', '--fake', '你好'], {
    cwd: root,
    env: { PATH: process.env.PATH, SM_URL: server.url, SM_TOKEN: server.token },
  })
  expect(stdout.trim()).toBe('你说：「你好」。我正一个字一个字地回答你。')
  const deltas = stream.events.filter(event => event.event === 'delta').map(event => JSON.parse(event.data))
  expect(deltas.length).toBeGreaterThan(5)
  expect(deltas.map(delta => delta.text ?? '').join('')).toBe(stdout.trim())
})

test('shell: a line with spaces and signs arrives as it was typed', async () => {
  const messages = await listen()
  const text = `冲！ & "刺" 100% $HOME #1`
  await run('sh', ['examples/shell/send.sh', '小明', text, 'lobby'], {
    cwd: root,
    env: { PATH: process.env.PATH, SM_URL: server.url, SM_TOKEN: server.token },
  })
  expect(await messages(1)).toEqual([['小明', text]])
})

test('bot: Twitch chat, with a retried line shown once', async () => {
  const twitch = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  closing.push(() => twitch.close())
  const heard: string[] = []
  twitch.on('connection', socket => {
    socket.on('message', raw => {
      const line = String(raw)
      heard.push(line)
      if (!line.startsWith('JOIN')) return
      socket.send(':justinfan1!justinfan1@justinfan1.tmi.twitch.tv JOIN #somebody\r\n')
      socket.send('PING :tmi.twitch.tv\r\n')
      const first =
        '@display-name=小猫;id=1 :cat!cat@cat.tmi.twitch.tv PRIVMSG #somebody :你好 [b]不是标记[/b]\r\n'
      socket.send(first + first)
      socket.send(
        '@display-name=;id=2 :dog!dog@dog.tmi.twitch.tv PRIVMSG #somebody :\u0001ACTION barks\u0001\r\n',
      )
    })
  })
  const messages = await listen()
  const { port } = twitch.address() as AddressInfo
  start('bot/twitch.ts', ['#Somebody'], { TWITCH_CHAT_URL: `ws://127.0.0.1:${port}` })
  expect(await messages(2)).toEqual([
    ['小猫', '你好 [b]不是标记[/b]'],
    ['dog', 'barks'],
  ])
  expect(heard).toContain('PONG :tmi.twitch.tv')
  expect(heard).toContain('JOIN #somebody')
})

test('bot: Bilibili danmaku, plain and compressed', async () => {
  const danmaku = (name: string, text: string, at: number) =>
    encodePacket(
      OPERATION.message,
      JSON.stringify({ cmd: 'DANMU_MSG', info: [[0, 1, 25, 0, at], text, [7, name]] }),
      0,
    )
  const gift = encodePacket(OPERATION.message, JSON.stringify({ cmd: 'SEND_GIFT', data: {} }), 0)
  const api = createServer((_req, res) => {
    const { port } = api.address() as AddressInfo
    const data = { token: 'key', host_list: [{ host: '127.0.0.1', wss_port: port, ws_port: port }] }
    res.end(JSON.stringify({ code: 0, message: '0', data }))
  })
  const sockets = new WebSocketServer({ server: api, path: '/sub' })
  await new Promise<void>(done => api.listen(0, '127.0.0.1', done))
  closing.push(() => {
    sockets.close()
    api.closeAllConnections()
    api.close()
  })
  const logins: unknown[] = []
  sockets.on('connection', socket => {
    socket.on('message', raw => {
      const [packet] = decodePackets(new Uint8Array(raw as Buffer))
      if (packet!.operation !== OPERATION.auth) return
      logins.push(JSON.parse(packet!.body))
      socket.send(encodePacket(OPERATION.authReply, '{"code":0}'))
      socket.send(danmaku('观众甲', '前方高能', 1))
      const two = Buffer.concat([gift, danmaku('观众乙', '来了来了', 2)])
      const compressed = encodePacket(OPERATION.message, '', 2)
      const packed = Buffer.concat([compressed, deflateSync(two)])
      packed.writeUInt32BE(packed.length, 0)
      socket.send(packed)
    })
  })
  const messages = await listen()
  const { port } = api.address() as AddressInfo
  start('bot/bilibili.ts', ['42'], { BILIBILI_API_URL: `http://127.0.0.1:${port}` })
  expect(await messages(2)).toEqual([
    ['观众甲', '前方高能'],
    ['观众乙', '来了来了'],
  ])
  expect(logins).toEqual([{ uid: 0, roomid: 42, protover: 2, platform: 'web', type: 2, key: 'key' }])
})
