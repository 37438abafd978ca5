import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isMessage, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: { API_TOKEN: '', TEMP_AVAILABLE_TOKEN: 'whatever' } })
})
afterAll(() => server.dispose())

async function curl(...args: string[]) {
  const { stdout } = await run('curl', ['-s', ...args])
  return JSON.parse(stdout)
}

test('GET send takes speaker and text raw in the request line, as curl sends them', async () => {
  const stream = await openTestStream(`${server.url}/api/v1/events`)
  const answer = await curl(`${server.url}/api/v1/send/小明?token=whatever&msg=冲！冲刺！`)
  expect(answer).toMatchObject({
    success: true,
    code: 202,
    msg: 'Message Event Sent',
    target: { room: 'lobby' },
    event: { speaker: '小明', data: { message: '冲！冲刺！', method: 'GET' }, meta: 'message' },
  })
  const event = await stream.waitFor(isMessage)
  expect(JSON.parse(event.data)).toEqual(answer.event)
  stream.close()
})

test('GET send keeps the case of the speaker and decodes percent-encoding once', async () => {
  const answer = await curl(`${server.url}/api/v1/send/Otto%20%252F?token=whatever&msg=a%2Bb`)
  expect(answer.event).toMatchObject({ speaker: 'Otto %2F', data: { message: 'a+b' } })
})

test('POST send is verified by the header', async () => {
  const answer = await curl(
    `${server.url}/api/v1/send`,
    '-H',
    'Authorization: Bearer whatever',
    '-H',
    'Content-Type: application/json',
    '-d',
    '{"speaker":"♿饲猫棍哥♿","data":{"message":"那我缺的营养这一块谁给我补啊？","verified_by":"Request Header"},"meta":"custom"}',
  )
  expect(answer).toMatchObject({
    code: 202,
    event: {
      speaker: '♿饲猫棍哥♿',
      data: { verified_by: 'Request Header', method: 'POST' },
      meta: 'custom',
    },
  })
})

test('POST send is verified by the body, and the token does not go out with the event', async () => {
  const answer = await curl(
    `${server.url}/api/v1/send`,
    '-H',
    'Content-Type: application/json',
    '-d',
    '{"token":"whatever","speaker":"长期素食","data":{"message":"还追！还追！移速七百多还追！！！","verified_by":"Request Body"},"meta":"custom"}',
  )
  expect(answer).toMatchObject({ code: 202, event: { speaker: '长期素食', meta: 'custom' } })
  expect(JSON.stringify(answer)).not.toContain('whatever')
})

test.each([
  ['malformed JSON, before the token is looked at', ['-d', '{oops'], 400],
  ['no token', ['-d', '{"speaker":"a","data":{"message":"b"}}'], 401],
  ['a wrong token', ['-H', 'Authorization: Bearer nope', '-d', '{"speaker":"a"}'], 401],
  ['a speaker that is no text', ['-H', 'Authorization: Bearer whatever', '-d', '{"speaker":{}}'], 400],
  ['another method', ['-X', 'PUT', '-d', '{}'], 405],
])('POST send refuses %s', async (_what, args, code) => {
  const answer = await curl(`${server.url}/api/v1/send`, ...args)
  expect(answer).toMatchObject({ success: false, code })
  expect(typeof answer.msg).toBe('string')
})

test('a text over 32 KiB is refused with 413, one of exactly 32 KiB is sent', async () => {
  const send = (message: string) =>
    server.api('POST', '/send', { data: { message } }, { Authorization: 'Bearer whatever' })
  expect((await send('字'.repeat(10_923))).status).toBe(413)
  expect((await send('x'.repeat(32 * 1024))).status).toBe(202)
})

test('hostile raw request lines are refused, and the server lives on', async () => {
  const { connect } = await import('node:net')
  const { hostname, port } = new URL(server.url)
  for (const head of [
    'GET /\xff HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello',
    'GET /\xff HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET /\xff HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
    'POST /\xff HTTP/1.1\r\nHost: a\r\n\r\n',
    'GET /\xff HTTP/9.9\r\nHost: a\r\n\r\n',
    'NONSENSE\r\n\r\n',
  ]) {
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => socket.write(Buffer.from(head, 'latin1')))
      socket.on('data', chunk => {
        text += chunk
      })
      socket.on('close', () => resolve(text))
      socket.on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
  }
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
})
