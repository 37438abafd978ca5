import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

/** The package as who installs it finds it: in node_modules of a project of their own. */
const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

let project: string
let installed: string

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'sse-client-package-'))
  installed = join(project, 'node_modules/@streaming-message/sse-client')
  await mkdir(installed, { recursive: true })
  await run(process.execPath, [resolve(root, 'scripts/build-client.ts'), '--out', installed])
}, 60_000)
afterAll(() => rm(project, { recursive: true }))

const uses = `
interface Message { id: string; text: string }
interface Events { message: Message; delta: { text: string } }
const typed = createEventStream<Events>({ url: '/', parse: data => JSON.parse(data) })
async function read() {
  for await (const event of typed) {
    if (event.type === 'delta') event.data.text satisfies string
    else event.data.id satisfies string
    // @ts-expect-error: there is no event of this name
    if (event.type === 'other') return
  }
}
createEventStream<{ message: Message }>({ url: '/', parse: data => JSON.parse(data), onMessage: event => event.data.text satisfies string })
// @ts-expect-error: what is not a string needs a parse function
createEventStream<{ message: Message }>({ url: '/' })
createEventStream({ url: '/', transport: xhrTransport, onEvent: event => event.data satisfies string })
const source: EventSource = new EventSource('/')
source.onmessage = event => event.data satisfies string
const parser = createParser({ onEvent: event => event.lastEventId satisfies string })
parser.push(new Uint8Array(1))
void read
`

it.each(['nodenext', 'bundler'])(
  'has types that hold by import and require (%s)',
  { timeout: 60_000 },
  async kind => {
    const esm = `import { createEventStream, createParser, EventSource } from '@streaming-message/sse-client'
import { xhrTransport } from '@streaming-message/sse-client/xhr'
${uses}`
    // What a CommonJS module imports is resolved by the condition \`require\`: types of an ES module would be an error.
    await writeFile(join(project, 'uses.mts'), esm)
    const script = '@streaming-message/sse-client/sse-client.min.js'
    const cts = `${esm}\nimport type { Parser } from '${script}'\nparser satisfies Parser\n`
    await writeFile(join(project, 'uses.cts'), cts)
    const compilerOptions = {
      module: kind === 'bundler' ? 'preserve' : kind,
      moduleResolution: kind,
      target: 'es2022',
      lib: ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable'],
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      types: [],
    }
    const files = ['uses.mts', 'uses.cts']
    await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
    const tsc = resolve(root, 'node_modules/typescript/bin/tsc')
    const said = await run(process.execPath, [tsc, '-p', project]).then(
      () => '',
      error => error.stdout,
    )
    expect(said).toBe('')
  },
)

it('gives the same to import, to require and to a script tag’s file', { timeout: 60_000 }, async () => {
  const names = ['EventSource', 'createEventStream', 'createParser', 'isStreamError']
  await writeFile(
    join(project, 'names.mjs'),
    `import * as all from '@streaming-message/sse-client'
import { createRequire } from 'node:module'
const require = createRequire(import.meta.url)
const script = require('@streaming-message/sse-client/sse-client.min.js')
const common = require('@streaming-message/sse-client')
const xhr = [require('@streaming-message/sse-client/xhr'), await import('@streaming-message/sse-client/xhr')]
console.log(JSON.stringify([...[all, common, script].map(one => Object.keys(one).filter(name => name !== 'default' && name !== 'module.exports').sort()), [all, common].map(one => one.EventSource.name), xhr.map(one => typeof one.xhrTransport)]))`,
  )
  const { stdout } = await run(process.execPath, [join(project, 'names.mjs')])
  expect(JSON.parse(stdout)).toEqual([
    names,
    names,
    names,
    ['EventSource', 'EventSource'],
    ['function', 'function'],
  ])
})

it('packs its files, and nothing else', { timeout: 60_000 }, async () => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: installed })
  const [packed] = Object.values(JSON.parse(stdout)) as { files: { path: string }[] }[]
  expect(packed?.files.map(({ path }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    'index.cjs',
    'index.d.mts',
    'index.d.ts',
    'index.mjs',
    'package.json',
    'sse-client.js',
    'sse-client.min.js',
    'xhr.cjs',
    'xhr.d.mts',
    'xhr.d.ts',
    'xhr.mjs',
  ])
})
