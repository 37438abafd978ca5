import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import { observations } from '../support/sse-observations.ts'
import { createObservationServer } from '../support/sse-observations-server.ts'
import { startClientPages } from '../support/sse-pages.ts'

/**
 * The same observations of the built library in each runtime: Node, a page, its dedicated and its shared worker, and Bun
 * and Deno where they are on the PATH.
 */
const code = stripTypeScriptTypes(
  await readFile(resolve(import.meta.dirname, '../support/sse-observations.ts'), 'utf8'),
)

const { lib, server, browser } = await startClientPages()

beforeAll(async () => {
  server.on('/observe', createObservationServer())
  server.on('/observations.js', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(code),
  )
  server.on('/worker.js', (_, response) =>
    response.writeHead(200, { 'content-type': 'text/javascript' }).end(`
import * as SSE from '/lib/index.mjs'
import { observe } from '/observations.js'
const answer = async port => port.postMessage(await observe(SSE, '${server.origin}'))
if ('onconnect' in self) self.onconnect = event => answer(event.ports[0])
else answer(self)`),
  )
})

const expected = Object.fromEntries(observations.map(({ name, expected }) => [name, expected]))

/** The program of a name, if it is on the PATH. */
function find(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map(directory => join(directory, name))
    .find(file => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Has a program run the observations, as a module beside the library. */
async function observeWith(program: string, ...args: string[]): Promise<unknown> {
  await writeFile(join(lib, 'observations.mjs'), code)
  const script = join(lib, 'run.mjs')
  await writeFile(
    script,
    `import * as SSE from './index.mjs'
import { observe } from './observations.mjs'
const seen = await observe(SSE, ${JSON.stringify(server.origin)})
console.log(JSON.stringify(seen, (_, value) => (value === undefined ? null : value)))
process.exit()`,
  )
  return JSON.parse((await promisify(execFile)(program, [...args, script])).stdout)
}

const asJson = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, item) => (item === undefined ? null : item)))

describe('observations of the standard', { timeout: 60_000 }, () => {
  it('hold in Node', async () => {
    expect(await observeWith(process.execPath)).toEqual(asJson(expected))
  })

  it('hold in a page', async () => {
    const page = await browser.newPage()
    await page.goto(server.origin)
    // As text: the test runner would make another thing of `import` in a function.
    const seen = await page.evaluate(
      `Promise.all([import('/lib/index.mjs'), import('/observations.js')]).then(([lib, { observe }]) => observe(lib, origin))`,
    )
    expect(seen).toEqual(expected)
  })

  it.each(['Worker', 'SharedWorker'] as const)('hold in a %s', async kind => {
    const page = await browser.newPage()
    await page.goto(server.origin)
    const seen = await page.evaluate(
      kind =>
        new Promise(resolve => {
          const port =
            kind === 'Worker'
              ? new Worker('/worker.js', { type: 'module' })
              : new SharedWorker('/worker.js', { type: 'module' }).port
          port.onmessage = (event: MessageEvent) => resolve(event.data)
        }),
      kind,
    )
    expect(seen).toEqual(expected)
  })

  const bun = find('bun')
  if (bun)
    it('hold in Bun', async () => {
      expect(await observeWith(bun)).toEqual(asJson(expected))
    })
  const deno = find('deno')
  if (deno)
    it('hold in Deno', async () => {
      expect(await observeWith(deno, 'run', '--allow-all')).toEqual(asJson(expected))
    })
})
