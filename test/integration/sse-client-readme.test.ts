import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { stripTypeScriptTypes } from 'node:module'
import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import { beginStream, startClientPages } from '../support/sse-pages.ts'

/** Each recipe of the library's README, as it stands there, in a page and before a server that streams. */

const readme = await readFile(resolve(import.meta.dirname, '../../src/sse-client/README.md'), 'utf8')

/** The recipes by their headings. */
const recipes = new Map(
  [...readme.matchAll(/^### (.*)\n(?:(?!^#).*\n)*?```(?:ts|html)\n([\s\S]*?)```/gm)].map(
    ([, heading, code]) => [heading!, code!] as const,
  ),
)

const { server, browser } = await startClientPages()

const ran = new Set<string>()
let pages = 0

/** A page that has a recipe in it, and what it says on the console. `before` and `after` stand around the recipe. */
async function cook(
  heading: string,
  { before = '', after = '', leaveOut = '' } = {},
): Promise<{ page: Page; said: string[] }> {
  const recipe = recipes.get(heading)
  if (recipe === undefined) throw new Error(`README.md has no recipe "${heading}"`)
  ran.add(heading)
  const path = `/recipe-${++pages}`
  const isPage = recipe.startsWith('<script')
  const code = isPage
    ? recipe.replace('sse-client.min.js', '/lib/sse-client.min.js')
    : `<script type="module">${before}</script><script type="module" src="${path}.js"></script>`
  server.on(path, (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><title>recipe</title>${code}`),
  )
  server.on(`${path}.js`, (_, response) => {
    const module = stripTypeScriptTypes(`${recipe.replace(leaveOut, '')}\n${after}`)
    response
      .writeHead(200, { 'content-type': 'text/javascript' })
      .end(module.replace("'@streaming-message/sse-client'", "'/lib/index.mjs'"))
  })
  const page = await browser.newPage()
  const said: string[] = []
  page.on('console', message => {
    // The browser itself tells of refused requests.
    if (message.type() === 'log') said.push(message.text())
  })
  page.on('pageerror', error => said.push(`threw ${error.message}`))
  await page.goto(server.origin + path)
  return { page, said }
}

/** Has \`/events\` say so, and stay open. */
const events = (text: string) => server.on('/events', (_, response) => beginStream(response, text))

const readBody = async (request: AsyncIterable<Buffer>) => {
  let body = ''
  for await (const chunk of request) body += chunk
  return body
}

describe('recipes of the README', () => {
  it('A feed', async () => {
    server.on('/api/v1/rooms/lobby/events', (_, response) =>
      beginStream(response, 'id:1\ndata:a\n\nevent:delta\ndata:b\n\n'),
    )
    const { page, said } = await cook('A feed')
    await expect.poll(() => said).toEqual(['message a 1', 'delta b 1'])
    await page.close()
  })

  it('With callbacks', async () => {
    let open: ServerResponse | undefined
    server.on('/events', (_, response) => {
      open = response
      beginStream(response, ': hello\n\ndata:a\n\nevent:x\ndata:b\n\n')
    })
    // As it stands it closes what it has just opened.
    const { page, said } = await cook('With callbacks', {
      after: `console.log(stream.state)`,
    })
    await expect.poll(() => said).toEqual(['closed'])
    expect(open).toBeUndefined()
    await page.close()

    const running = await cook('With callbacks', { leaveOut: 'stream.close()' })
    await expect.poll(() => running.said).toEqual(['connected 200', 'hello', 'message', 'a', 'x'])
    open?.destroy()
    await expect
      .poll(() => running.said.slice(5, 7))
      .toEqual(['lost network', expect.stringMatching(/^network again in \d+ ms$/)])
    await running.page.close()
  })

  it('A model’s answer', async () => {
    server.on('/v1/chat/completions', async (request, response) => {
      const { prompt, stream } = JSON.parse(await readBody(request))
      beginStream(
        response,
        `data:{"text":"${request.method} "}\n\ndata:{"text":"${prompt} ${stream}"}\n\ndata:[DONE]\n\n`,
      )
      response.end()
    })
    const { page, said } = await cook("A model's answer, token by token", {
      after: `for await (const text of ask('hi', new AbortController().signal)) console.log(text)
console.log('end')`,
    })
    await expect.poll(() => said).toEqual(['POST ', 'hi true', 'end'])
    expect(server.count('/v1/chat/completions')).toBe(1)
    await page.close()
  })

  it('A fresh token', async () => {
    const tokens: unknown[] = []
    server.on('/events', (request, response) => {
      tokens.push(request.headers.authorization)
      if (tokens.length < 2) response.writeHead(401).end()
      else beginStream(response, 'data:let in\n\n')
    })
    const { page, said } = await cook('A fresh token at each attempt; log in again at 401', {
      before: `let number = 1
window.session = { token: async () => 'token ' + number, refresh() { number++; console.log('refreshed') } }`,
    })
    await expect.poll(() => said).toEqual(['refreshed', 'let in'])
    expect(tokens).toEqual(['Bearer token 1', 'Bearer token 2'])
    await page.close()
  })

  it('Events with names and types', async () => {
    events(
      'event:delta\ndata:{"message":"m1","text":"Hel"}\n\ndata:{"id":"m1","text":"Hello"}\n\nevent:delta\ndata:{"message":"m2","text":"x"}\n\n',
    )
    const { page, said } = await cook('Events with names and types')
    await expect.poll(() => said).toEqual(['m1 Hel', 'm1', 'm2 x'])
    await page.close()
  })

  it('Resume after a reload', async () => {
    const ids: unknown[] = []
    server.on('/events', (request, response) => {
      ids.push(request.headers['last-event-id'])
      beginStream(response, 'id:1\ndata:a\n\nid:2\ndata:b\n\nid:1\ndata:a again\n\nid:2\ndata:b again\n\n')
    })
    const { page, said } = await cook('Resume after a reload, never show an id twice')
    await expect.poll(() => said).toEqual(['', 'a', 'b'])
    await page.reload()
    await expect.poll(() => said.slice(3)).toEqual(['2', 'a'])
    expect(ids).toEqual([undefined, '2'])
    await page.close()
  })

  it('EventSource', async () => {
    events('id:1\ndata:a\n\nevent:custom\ndata:b\n\n')
    const { page, said } = await cook('EventSource')
    await expect.poll(() => said).toEqual([`a 1 ${server.origin}`, 'b'])
    await page.close()
  })

  it('The platform’s own EventSource', async () => {
    events('data:a\n\nevent:custom\ndata:b\n\nevent:unnamed\ndata:c\n\ndata:d\n\n')
    const { page, said } = await cook("The platform's own EventSource")
    await expect.poll(() => said).toEqual(['a', 'b', 'd'])
    await page.close()
  })

  it('A parser', async () => {
    server.on('/events', (_, response) =>
      response.end('retry:7\n: note\nevent:x\ndata:a\n\nid:1\ndata:b\n\ndata:c\n\n'),
    )
    const { page, said } = await cook('A parser for what you read yourself')
    await expect
      .poll(() => said)
      .toEqual(['7', 'note', 'x a undefined ', 'message b 1 1', 'message c undefined 1'])
    await page.close()
  })

  it('Payloads in base64', async () => {
    server.on('/events', (_, response) => {
      response.writeHead(201, { 'content-type': 'text/plain' })
      response.write(`data:${btoa('hello')}\n\n`)
    })
    const { page, said } = await cook('Payloads in base64, other types, other statuses')
    await expect.poll(() => said).toEqual(['hello'])
    await page.close()
  })

  it('A script tag', async () => {
    events('data:a\n\nevent:x\ndata:b\n\ndata:c\n\n')
    const { page, said } = await cook('A script tag, and engines of ES5')
    await expect.poll(() => said).toEqual(['a', 'c'])
    await page.close()
  })

  it('were all run', () => {
    const written = [...recipes.keys()]
    expect([...ran]).toEqual(written)
    const blocks = readme.match(/^```(ts|html)$/gm)!.length
    // But for the script tag of the installation.
    expect(written).toHaveLength(blocks - 1)
  })
})
