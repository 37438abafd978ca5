import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPerson, OWNER_ENV, signIn } from '../support/accounts.ts'
import {
  BROKEN_REQUESTS,
  createHostile,
  createRandom,
  type HostileRequest,
  type KnownRoute,
  sendRaw,
} from '../support/hostile.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/**
 * Hostile input at every route: no answer of the 500s, no dead server. `HOSTILE_REQUESTS` and `HOSTILE_SEED` make
 * it longer or other (100,000 for a full run).
 */
const COUNT = Number(process.env.HOSTILE_REQUESTS ?? 3_000)
const SEED = Number(process.env.HOSTILE_SEED ?? 1)
const AT_ONCE = 24
const pagesBuilt = existsSync(resolve(import.meta.dirname, '../../out/renderer/player/index.html'))

let server: TestServer
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE * 2 })
beforeAll(async () => {
  server = await startTestServer({
    env: {
      ...OWNER_ENV,
      LOGIN_LIMIT: '0',
      ...(process.env.HOSTILE_DATABASE_URL ? { DATABASE_URL: process.env.HOSTILE_DATABASE_URL } : {}),
    },
  })
})
afterAll(() => {
  agent.destroy()
  return server.dispose()
})

interface Described {
  paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { in: string; name: string }[]
        requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> }
      }
    >
  >
}

async function knownRoutes(): Promise<KnownRoute[]> {
  const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as Described
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      fields: [
        ...parameters.filter(one => one.in === 'query').map(one => one.name),
        ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
          Object.keys(schema.properties ?? {}),
        ),
      ],
    })),
  )
}

/** @returns the status; 0 where the server closed the connection without an answer, -1 where none came in time. An event stream is left at once. */
function send({ method, path, headers, body }: HostileRequest): Promise<number> {
  return new Promise(resolve => {
    // node:http's client tells the length of a body only where the method usually has one; what follows is then a request of its own.
    const length = body === null ? {} : { 'Content-Length': String(body.length) }
    const call = request(
      server.url + path,
      { method, headers: { ...headers, ...length }, agent, timeout: 20_000 },
      answer => {
        const status = answer.statusCode ?? 0
        if (answer.headers['content-type']?.startsWith('text/event-stream')) {
          answer.destroy()
          resolve(status)
          return
        }
        answer.resume()
        answer.on('close', () => resolve(status))
      },
    )
    call.on('error', () => resolve(0))
    call.on('timeout', () => {
      resolve(-1)
      call.destroy()
    })
    call.end(body ?? undefined)
  })
}

describe('hostile input', () => {
  test(`at every route, ${COUNT} times, makes no error of the server’s own`, {
    timeout: 3_600_000,
  }, async () => {
    const owner = await signIn(server)
    const member = await newPerson(server, owner, 'member')
    await member.json('POST', '/rooms', { id: 'membersroom' })
    // What would end the run by itself: the switch to the LAN, signing out, a restored backup, deleted accounts.
    const routes = (await knownRoutes()).filter(
      ({ method, path }) =>
        !/\/server\/lan$|auth\/logout|auth\/password|auth\/logins/.test(path) &&
        !(path === '/api/v1/backup' && method === 'POST') &&
        !(path === '/api/v1/users/{user}'),
    )
    expect(routes.length).toBeGreaterThan(50)
    const next = createHostile(
      routes,
      ['', server.token, owner.accessToken, owner.accessToken, member.accessToken, 'smt_x', 'a.b.c', 'x'],
      createRandom(SEED),
    )
    const bad: string[] = []
    const seen = new Map<number, number>()
    let left = COUNT
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (left-- > 0) {
          const hostile = next()
          const status = await send(hostile)
          seen.set(status, (seen.get(status) ?? 0) + 1)
          if (status >= 500 || status <= 0) {
            bad.push(
              `${status} ${hostile.method} ${hostile.path.slice(0, 300)} ${JSON.stringify(hostile.headers).slice(0, 200)} ${hostile.body?.toString().slice(0, 300)}`,
            )
          }
        }
      }),
    )
    console.log(
      `seed ${SEED}: ${[...seen]
        .sort(([a], [b]) => a - b)
        .map(([status, times]) => `${status}: ${times}`)
        .join(', ')}`,
    )
    expect(bad.slice(0, 20)).toEqual([])
    // It got somewhere: not everything was refused at the door.
    expect(seen.get(202) ?? 0).toBeGreaterThan(0)
    expect(seen.get(200) ?? 0).toBeGreaterThan(0)
    expect(server.process.exitCode).toBeNull()
    expect((await server.api('POST', '/rooms/lobby/messages', { data: { message: 'alive' } })).status).toBe(
      202,
    )
  })

  test('that is hardly HTTP is refused or waited for, and the server lives on', async () => {
    const port = Number(new URL(server.url).port)
    const answers = await Promise.all(BROKEN_REQUESTS.map(text => sendRaw(port, text)))
    for (const [at, answer] of answers.entries()) {
      // Pages that are not built yet answer 503, which is no error.
      expect(answer, BROKEN_REQUESTS[at]!.slice(0, 100)).not.toMatch(
        pagesBuilt ? /^HTTP\/1\.1 5/ : /^HTTP\/1\.1 5(?!03)/,
      )
    }
    expect(answers.filter(answer => answer.startsWith('HTTP/1.1 4')).length).toBeGreaterThan(10)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})
