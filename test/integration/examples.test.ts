import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { isMessage, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const read = (file: string) => readFileSync(resolve(root, 'examples', file), 'utf8')
const root = resolve(import.meta.dirname, '../..')
let server: TestServer
const children: ChildProcess[] = []
const closing: (() => void)[] = []
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())
afterEach(() => {
  for (const child of children.splice(0)) process.kill(-child.pid!)
  for (const close of closing.splice(0)) close()
})

const environment = (env: Record<string, string> = {}) => ({
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: process.env.HOME,
  npm_config_update_notifier: 'false',
  PORT: '0',
  SM_URL: server.url,
  SM_TOKEN: server.token,
  ...env,
})

/** Runs a command in an example's folder, as its README says; the lines that it prints can be waited for. */
function start(folder: string, command: string, env: Record<string, string> = {}) {
  const child = spawn('sh', ['-c', command], {
    cwd: resolve(root, 'examples', folder),
    env: environment(env),
    stdio: ['ignore', 'pipe', 'inherit'],
    // A group of its own, so that what npm starts ends with it.
    detached: true,
  })
  children.push(child)
  const reader = createInterface({ input: child.stdout })
  const seen: string[] = []
  reader.on('line', text => seen.push(text))
  return {
    child,
    line: (pattern: RegExp) =>
      new Promise<RegExpExecArray>((done, fail) => {
        const look = (text: string) => {
          const match = pattern.exec(text)
          if (match) done(match)
        }
        seen.forEach(look)
        reader.on('line', look)
        child.once('exit', code => fail(new Error(`${command} in ${folder} ended with ${code}`)))
      }),
  }
}

/** Runs a command in an example's folder to its end. */
const runIn = (folder: string, command: string) =>
  run('sh', ['-c', command], { cwd: resolve(root, 'examples', folder), env: environment() })

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
  const [, url] = await start('stock-price', 'npm start').line(/listening on (http:\S+)/)
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
  const [, url] = await start('stock-price', 'npm start').line(/listening on (http:\S+)/)
  const client = start('stock-price', `npm run client -- ${url}/price`)
  await client.line(/^AAPL {3}\d/)
})

test('chat: a broadcast reaches everybody, a direct message one', async () => {
  const [, url] = await start('chat', 'npm start').line(/listening on (http:\S+)/)
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
  const { stdout } = await runIn('llm-stream', 'npm start --silent -- --fake "你好"')
  expect(stdout.trim()).toBe('你说：「你好」。我正一个字一个字地回答你。')
  const deltas = stream.events.filter(event => event.event === 'delta').map(event => JSON.parse(event.data))
  expect(deltas.length).toBeGreaterThan(5)
  expect(deltas.map(delta => delta.text ?? '').join('')).toBe(stdout.trim())
})

test('shell: lines and speakers with spaces and signs arrive as they were typed', async () => {
  const messages = await listen()
  const text = `冲！ & "刺" 100% $HOME #1`
  await runIn('shell', `sh send.sh 小明 '${text}'`)
  await runIn('shell', `sh send.sh 'A B/C? é' '${text}' lobby`)
  expect(await messages(2)).toEqual([
    ['小明', text],
    ['A B/C? é', text],
  ])
})

test('examples/README.md: every command is one that these tests run, in a folder that is there', () => {
  const rows = [...read('README.md').matchAll(/^\| \[([\w-]+)\]\(\1\) .*\| (.*) \|$/gm)]
  const folders = readdirSync(resolve(root, 'examples'), { withFileTypes: true }).filter(one =>
    one.isDirectory(),
  )
  expect(rows.map(row => row[1]).sort()).toEqual(folders.map(folder => folder.name).sort())
  for (const [, folder, cell] of rows) {
    for (const [, code] of cell!.matchAll(/`([^`]+)`/g)) {
      const [, script] = /npm (?:run )?([\w-]+)/.exec(code!) ?? []
      if (script) expect(JSON.parse(read(`${folder}/package.json`)).scripts).toHaveProperty(script)
      const [, file] = /([\w-]+\.(?:ts|sh))/.exec(code!) ?? []
      if (file) expect(existsSync(resolve(root, 'examples', folder!, file)), code).toBe(true)
    }
  }
})
