import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openTestStream } from '../support/events.ts'
import { type ExampleBench, examples, startExampleBench } from '../support/example.ts'

const run = promisify(execFile)
const read = (file: string) => readFileSync(resolve(examples, file), 'utf8')
let bench: ExampleBench
beforeAll(async () => {
  bench = await startExampleBench()
})
afterEach(() => bench.tidy())
afterAll(() => bench.server.dispose())

test('stock-price: events are named after their symbol', async () => {
  const [, url] = await bench.start('stock-price', 'npm start').line(/listening on (http:\S+)/)
  const stream = await openTestStream(`${url}/price`)
  bench.onTidy(stream.close)
  const events = await stream.waitForCount(4)
  expect(events.map(event => event.event)).toEqual(['AAPL', 'AMZN', 'GOOG', 'MSFT'])
  for (const { id, data } of events) {
    expect(id).toMatch(/^\d{13}$/)
    expect(Number(data)).toBeLessThan(100)
  }
})

test('stock-price: the client prints what comes', async () => {
  const [, url] = await bench.start('stock-price', 'npm start').line(/listening on (http:\S+)/)
  const client = bench.start('stock-price', `npm run client -- ${url}/price`)
  await client.line(/^AAPL {3}\d/)
})

test('chat: a broadcast reaches everybody, a direct message one', async () => {
  const [, url] = await bench.start('chat', 'npm start').line(/listening on (http:\S+)/)
  const hertz = await openTestStream(`${url}/chat/sse?username=hertz`)
  const other = await openTestStream(`${url}/chat/sse?username=other`)
  bench.onTidy(hertz.close)
  bench.onTidy(other.close)
  const post = (path: string) => run('curl', ['-s', '--location', '--request', 'POST', `${url}/chat/${path}`])
  // A path that is no address of its own: it may not end the server.
  await run('curl', ['-s', '--path-as-is', `${url}//`]).catch(() => {})
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
  const stream = await openTestStream(`${bench.server.url}/api/v1/events?since=now`)
  bench.onTidy(stream.close)
  const { stdout } = await bench.run('llm-stream', 'npm start --silent -- --fake "你好"')
  expect(stdout.trim()).toBe('你说：「你好」。我正一个字一个字地回答你。')
  const deltas = stream.events.filter(event => event.event === 'delta').map(event => JSON.parse(event.data))
  expect(deltas.length).toBeGreaterThan(5)
  expect(deltas.map(delta => delta.text ?? '').join('')).toBe(stdout.trim())
})

test('llm-stream: a refusal is one line', async () => {
  const refused = bench.run('llm-stream', 'SM_TOKEN=wrong npm start --silent -- --fake "你好"')
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: 'the server answered 401: this token is not known here: it may have been mistyped or revoked\n',
  })
})

test('shell: lines and speakers with spaces and signs arrive as they were typed', async () => {
  const messages = await bench.listen()
  const text = `冲！ & "刺" 100% $HOME #1`
  await bench.run('shell', `sh send.sh 小明 '${text}'`)
  await bench.run('shell', `sh send.sh 'A B/C? é' '${text}' lobby`)
  expect(await messages(2)).toEqual([
    ['小明', text],
    ['A B/C? é', text],
  ])
})

test('examples/README.md: every command is one that these tests run, in a folder that is there', () => {
  const rows = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(\1\) .*\| (.*) \|$/gm)]
  const folders = readdirSync(examples, { withFileTypes: true }).filter(one => one.isDirectory())
  expect(rows.map(row => row[1]).sort()).toEqual(folders.map(folder => folder.name).sort())
  for (const [, folder, cell] of rows) {
    for (const [, code] of cell!.matchAll(/`([^`]+)`/g)) {
      const [, script] = /npm (?:run )?([\w-]+)/.exec(code!) ?? []
      if (script) expect(JSON.parse(read(`${folder}/package.json`)).scripts).toHaveProperty(script)
      const [, file] = /([\w-]+\.(?:ts|sh))/.exec(code!) ?? []
      if (file) expect(existsSync(resolve(examples, folder!, file)), code).toBe(true)
    }
  }
})
