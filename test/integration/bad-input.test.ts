import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readConfig, StartError } from '../../src/main/server/index.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

const json = { 'Content-Type': 'application/json' }

test.each<[string, number, string, string, string | undefined, Record<string, string>]>([
  ['malformed JSON', 400, 'POST', '/rooms/lobby/messages', '{', json],
  ['JSON that is not UTF-8 text of an object', 400, 'POST', '/rooms/lobby/messages', '[]', json],
  ['a text of the wrong type', 400, 'POST', '/rooms/lobby/messages', '{"data":{"message":7}}', json],
  ['a speaker with a line break', 400, 'POST', '/rooms/lobby/messages', '{"speaker":"a\\nb"}', json],
  [
    'a body over the limit',
    413,
    'POST',
    '/rooms/lobby/messages',
    `{"data":{"message":"${'x'.repeat(300_000)}"}}`,
    json,
  ],
  [
    'a text over 32 KiB',
    413,
    'POST',
    '/rooms/lobby/messages',
    `{"data":{"message":"${'x'.repeat(33_000)}"}}`,
    json,
  ],
  [
    'fragments over 32 KiB in all',
    413,
    'POST',
    '/rooms/lobby/messages',
    JSON.stringify({ data: { message: [{ text: 'x'.repeat(20_000) }, 'y'.repeat(20_000)] } }),
    json,
  ],
  [
    'another content type',
    415,
    'POST',
    '/rooms/lobby/messages',
    'message=hi',
    { 'Content-Type': 'text/plain' },
  ],
  ['an unknown room', 404, 'POST', '/rooms/nosuch/messages', '{}', json],
  ['an invalid room id', 404, 'POST', '/rooms/no-such/messages', '{}', json],
  ['a reserved room id', 400, 'POST', '/rooms', '{"id":"Admin"}', json],
  ['a room that exists', 409, 'POST', '/rooms', '{"id":"LOBBY"}', json],
  ['an unknown setting', 400, 'PATCH', '/rooms/lobby', '{"settings":{"loook":{}}}', json],
  ['an older version of the settings', 409, 'PATCH', '/rooms/lobby', '{"name":"x","version":-1}', json],
  ['an unknown action', 400, 'POST', '/rooms/lobby/control', '{"action":"explode"}', json],
  ['a wrong method', 405, 'PUT', '/rooms/lobby/messages', undefined, {}],
  ['an unknown route', 404, 'GET', '/nothing', undefined, {}],
  ['a cursor of another room', 404, 'GET', '/rooms/lobby/messages?before=zzzz-1', undefined, {}],
  ['a limit that is no number', 400, 'GET', '/rooms/lobby/messages?limit=many', undefined, {}],
  ['a broken percent-encoding', 400, 'GET', '/rooms/%E0%A4%A/messages', undefined, {}],
  [
    'an Idempotency-Key that is too long',
    400,
    'POST',
    '/rooms/lobby/messages',
    '{}',
    { ...json, 'Idempotency-Key': 'k'.repeat(200) },
  ],
  ['an event id with a control character', 400, 'GET', '/rooms/lobby/events?label=%00', undefined, {}],
])('%s is answered with %i and the envelope', async (_what, status, method, path, body, headers) => {
  const response = await server.api(method, path, body, headers)
  const answer = await response.json()
  expect({ status: response.status, answer }).toMatchObject({
    status,
    answer: { success: false, code: status },
  })
  expect(answer.msg).toEqual(expect.any(String))
  expect(JSON.stringify(answer)).not.toMatch(/\.ts:\d|node_modules|at \w+ \(/)
})

test.each([
  ['no token', {}],
  ['a wrong token', { Authorization: 'Bearer wrong' }],
  ['another scheme', { Authorization: 'Basic dGVzdDp0ZXN0' }],
])('%s is answered with 401 and WWW-Authenticate', async (_what, headers) => {
  const response = await fetch(`${server.url}/api/v1/rooms/lobby/messages`, { headers })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
})

test('a wrong method names the right ones', async () => {
  const response = await server.api('PUT', '/rooms/lobby/control')
  expect(response.headers.get('allow')).toBe('POST, OPTIONS')
})

async function startFails(options: Parameters<typeof startTestServer>[0]): Promise<string> {
  const failed = startTestServer(options).then(
    async started => {
      await started.dispose()
      throw new Error('it started')
    },
    (error: Error) => error.message,
  )
  const [first, ...lines] = (await failed).trim().split('\n')
  expect(first).toMatch(/ended with 1/)
  expect(lines).toHaveLength(1)
  return lines[0]!
}

test('a port in use: one line that says what to do', async () => {
  expect(await startFails({ port: Number(new URL(server.url).port) })).toMatch(
    /^port \d+ is in use: .*--port/,
  )
})

test('a data folder in use by another server: one line', async () => {
  expect(await startFails({ dataDir: server.dataDir })).toMatch(
    /^another Streaming Message uses the data folder/,
  )
})

test('a data folder that can’t be made: one line', async () => {
  const file = join(server.dataDir, 'a-file')
  await writeFile(file, '')
  for (const dataDir of [join(file, 'data'), '/proc/none/data'])
    expect(await startFails({ dataDir })).toMatch(/^the data folder .* can't be written/)
})

test('a broken database file: one line, and the file is left as it is', async () => {
  const broken = await startTestServer()
  await broken.kill('SIGTERM')
  await writeFile(
    join(broken.dataDir, 'streaming-message.db'),
    'this is no database at all, and long enough to be read as one'.repeat(20),
  )
  expect(await startFails({ dataDir: broken.dataDir })).toMatch(
    /^the database file .* is broken .*: move it away/,
  )
  await broken.dispose()
})

test('a database of a newer version: one line, and nothing is changed in it', async () => {
  const newer = await startTestServer()
  await newer.kill('SIGTERM')
  const path = join(newer.dataDir, 'streaming-message.db')
  const database = new SQLite(path)
  database.exec(
    `INSERT INTO kysely_migration (name, timestamp) VALUES ('9999-from-the-future', '2099-01-01')`,
  )
  database.close()
  expect(await startFails({ dataDir: newer.dataDir })).toMatch(
    /^the database was written by a newer version .*"9999-from-the-future".*: update the program, or restore/,
  )
  await newer.dispose()
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['LOG_LEVEL', 'loud'],
  ['HITOKOTO_URL', 'not a url'],
  ['ADMIN_PASSWORD', 'short'],
  ['ADMIN_USERNAME', 'a <b>'],
  ['JWT_SECRET', 'too short'],
  ['API_TOKEN', 'with a space'],
  ['TEMP_AVAILABLE_TOKEN', 'with\ttab'],
  ['TRUST_PROXY', 'banana'],
  ['TRUST_PROXY', '-1'],
  ['TRUST_PROXY', '10.0.0.0/64'],
  ['ALLOWED_HOSTS', 'https://stream.example/'],
  ['ALLOWED_HOSTS', 'good.example, stream.example:8000'],
  ['DATABASE_URL', 'mysql://localhost/x'],
  ['REDIS_URL', 'http://localhost'],
  ['OPEN_TO_LAN', 'maybe'],
  ['MAX_MESSAGE_BYTES', '99999999'],
  ['PUBLISH_LIMIT', '1.5'],
])('a wrong %s (%s) is named', (name, value) => {
  const read = () => readConfig({ [name]: value }, { pagesDir: '', desktop: false })
  expect(read).toThrow(StartError)
  expect(read).toThrow(new RegExp(`^${name} is wrong: [^\n]{10,}$`))
})

test('a wrong value ends the start with one line', async () => {
  expect(await startFails({ env: { TRUST_PROXY: 'banana' } })).toMatch(/^TRUST_PROXY is wrong: must be /)
  expect(await startFails({ env: { HOST: '203.0.113.77' } })).toMatch(/^HOST: this machine has no address/)
})
