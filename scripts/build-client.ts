/**
 * `npm run build:client`: builds the library src/sse-client into dist/sse-client, ready to publish, and checks what its
 * README promises: that the script-tag files are ES5, that each way of using it stays within its size, that the types hold.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { bundle, toCommonJs, toModule } from './client/bundle.ts'
import { toScript } from './client/es5.ts'
import { checkSizes } from './client/sizes.ts'
import { emitTypes } from './client/types.ts'

const root = resolve(import.meta.dirname, '..')
const source = resolve(root, 'src/sse-client')
/** `--out DIR` builds elsewhere: tests build their own, and stand in nobody's way. */
const outFlag = process.argv.indexOf('--out')
const out = outFlag > 0 ? resolve(process.argv[outFlag + 1]!) : resolve(root, 'dist/sse-client')

await rm(out, { recursive: true, force: true })
await mkdir(out, { recursive: true })

const project = JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8'))
const banner = `/*! sse-client ${project.version} MIT */\n`
const write = (name: string, text: string) => writeFile(resolve(out, name), text)

const module = await bundle(resolve(source, 'index.ts'))
const script = await toScript(await bundle(resolve(source, 'script.ts')), 'SSEClient')
const xhr = await bundle(resolve(source, 'xhr.ts'))
await write('index.mjs', await toModule(module, ['EventSource']))
await write('index.cjs', banner + toCommonJs(module))
await write('xhr.mjs', await toModule(xhr, []))
await write('xhr.cjs', banner + toCommonJs(xhr))
await write('sse-client.js', banner + script.readable)
await write('sse-client.min.js', banner + script.minified)

const types = await emitTypes(source)
// The same declarations twice: by its name each is taken for what stands beside it, a CommonJS or an ES module.
await write('index.d.ts', types)
await write('index.d.mts', types)
for (const kind of ['ts', 'mts'])
  await write(
    `xhr.d.${kind}`,
    `import type { Transport } from './index.${kind === 'ts' ? 'js' : 'mjs'}'\n\nexport declare const xhrTransport: Transport\n`,
  )

/** A file for a script tag. `require` finds its names; `import` cannot tell them, so there are no types for it. */
const scriptFile = (file: string) => ({ require: { types: './index.d.ts', default: file }, default: file })

await write(
  'package.json',
  `${JSON.stringify(
    {
      name: '@streaming-message/sse-client',
      version: project.version,
      description:
        'Server-Sent Events for browsers, workers, Node, Bun and Deno: EventSource, fetch streams with any method and headers, a parser.',
      keywords: ['sse', 'server-sent-events', 'eventsource', 'event-stream', 'fetch', 'llm'],
      license: 'MIT',
      author: project.author,
      // What .js and .d.ts without an m are; said, so that nobody need find out.
      type: 'commonjs',
      main: './index.cjs',
      module: './index.mjs',
      types: './index.d.ts',
      unpkg: './sse-client.min.js',
      jsdelivr: './sse-client.min.js',
      exports: {
        '.': {
          import: { types: './index.d.mts', default: './index.mjs' },
          require: { types: './index.d.ts', default: './index.cjs' },
        },
        './xhr': {
          import: { types: './xhr.d.mts', default: './xhr.mjs' },
          require: { types: './xhr.d.ts', default: './xhr.cjs' },
        },
        './sse-client.js': scriptFile('./sse-client.js'),
        './sse-client.min.js': scriptFile('./sse-client.min.js'),
        './package.json': './package.json',
      },
      files: ['*.js', '*.mjs', '*.cjs', '*.d.ts', '*.d.mts', 'LICENSE'],
      sideEffects: false,
      engines: { node: '>=18' },
    },
    null,
    2,
  )}\n`,
)
await copyFile(resolve(source, 'README.md'), resolve(out, 'README.md'))
await copyFile(resolve(root, 'LICENSE'), resolve(out, 'LICENSE'))

const sizes = await checkSizes(out)
for (const { what, bytes, limit } of sizes)
  console.log(`${String(bytes).padStart(6)} of ${limit} bytes gzip  ${what}`)
const over = sizes.filter(({ bytes, limit }) => bytes >= limit)
if (over.length > 0) {
  console.error(`Too large: ${over.map(({ what }) => what).join(', ')}`)
  process.exit(1)
}
