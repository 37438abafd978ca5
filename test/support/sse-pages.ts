import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Browser } from '@playwright/test'
import { afterAll, beforeEach } from 'vitest'
import type * as Client from '../../src/sse-client/index.ts'
import { openChromium } from './chromium.ts'

declare global {
  // What the page imports, for the functions that run in it.
  var SSE: typeof Client
}

/** What a test's address answers. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface PageServer {
  /** `http://localhost:PORT`. */
  origin: string
  /** The same server under another name: another origin. */
  foreign: string
  /** Sets what a path answers (its query apart). */
  on(path: string, answer: Answer): void
  /** How often a path was asked for. */
  count(path: string): number
  close(): Promise<void>
}

const root = resolve(import.meta.dirname, '../..')

/** Has the ES module as `SSE` once it is loaded. */
const PAGE = `<!doctype html><title>page</title><script type="module">
import * as SSE from '/lib/index.mjs'
window.SSE = SSE
</script>`

/** Builds the library, as `npm run build:client` does, into a folder of the test's own; returns that. */
async function buildClient(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'sse-client-'))
  await promisify(execFile)(process.execPath, [resolve(root, 'scripts/build-client.ts'), '--out', out])
  return out
}

/** Serves the library built in `lib` under /lib/, a page at / with its ES module, and what the test sets. */
export async function servePages(lib: string): Promise<PageServer> {
  const answers = new Map<string, Answer>()
  const counts = new Map<string, number>()
  const server: Server = createServer(async (request, response) => {
    const path = request.url!.split('?')[0]!
    counts.set(path, (counts.get(path) ?? 0) + 1)
    const answer = answers.get(path)
    if (answer) answer(request, response)
    else if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
    else if (path.startsWith('/lib/')) {
      const code = await readFile(resolve(lib, path.slice(5)))
      response
        .writeHead(200, { 'content-type': 'text/javascript', 'access-control-allow-origin': '*' })
        .end(code)
    } else response.writeHead(404).end()
  })
  await new Promise<void>(done => server.listen(0, done))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://localhost:${port}`,
    foreign: `http://127.0.0.1:${port}`,
    on: (path, answer) => void answers.set(path, answer),
    count: path => counts.get(path) ?? 0,
    async close() {
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}

/** Begins an event stream. */
export function beginStream(response: ServerResponse, text = '', headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', ...headers })
  response.write(text || ':\n')
}

/** What the tests of a file share, all gone when they are done. */
export interface ClientPages {
  /** The folder of the built library. */
  lib: string
  server: PageServer
  browser: Browser
}

export async function startClientPages(): Promise<ClientPages> {
  const lib = await buildClient()
  const server = await servePages(lib)
  const browser = await openChromium()
  afterAll(async () => {
    await browser.close()
    await server.close()
    await rm(lib, { recursive: true })
  })
  return { lib, server, browser }
}

/** @returns a page with the built ES module as `SSE`, loaded anew before each test, and paths of the test's own that answer so. */
export async function openClientPage({ server, browser }: ClientPages) {
  const page = await browser.newPage()
  let paths = 0
  beforeEach(async () => {
    await page.goto(server.origin)
    await page.waitForFunction(() => 'SSE' in globalThis)
  })
  function path(answer: Answer): string {
    const name = `/events${++paths}`
    server.on(name, answer)
    return name
  }
  return { page, path }
}
