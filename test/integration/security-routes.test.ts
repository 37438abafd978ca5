import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newPerson, OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** Every route of the API's own description, called by everybody who should not get in. */

const JWT_SECRET = 'the-secret-of-this-test-server-32b'

/** Routes that ask nobody, each with the reason. A route that is new and not here must refuse strangers. */
const PUBLIC: Record<string, string> = {
  'GET /healthz': 'liveness tells nothing',
  'GET /metrics': 'to this machine, as this test is; from elsewhere a token is asked',
  'GET /readyz': 'readiness tells nothing',
  'GET /openapi.json': 'the description of the API',
  'GET /api/v1/server': 'version, and whether set-up is needed',
  'GET /api/v1/assets/{id}': 'pictures that players show, by an id that can’t be guessed',
  'GET /api/v1/themes/{id}/player': 'players wear it',
  'GET /api/v1/themes/{id}/assets/{name}': 'players show it',
  'GET /api/v1/rooms/{room}/backlog': 'what an open room’s players may see',
  'POST /api/v1/auth/login': 'the way in',
  'POST /api/v1/auth/setup': 'needs the code of the link',
  'POST /api/v1/auth/reset': 'the same',
  'POST /api/v1/auth/logout': 'ends what it is given, else nothing',
  'GET /api/v1/events': 'an open room is for everybody',
  'POST /api/v1/events': 'the same',
  'GET /api/v1/rooms/{room}/events': 'the same',
  'POST /api/v1/rooms/{room}/events': 'the same',
  'POST /api/v1/streams': 'several of the same',
  'POST /api/v1/streams/{stream}/pages': 'needs the stream’s id',
  'DELETE /api/v1/streams/{stream}/pages/{page}': 'needs the stream’s id',
  'POST /api/v1/rooms/{room}/subscribers/{id}/report': 'needs the stream’s id',
}

interface Call {
  name: string
  method: string
  path: string
  /** For a person who is signed in as an owner or admin. */
  role: boolean
  /** For a person who is signed in, whoever it is. */
  user: boolean
  /** What a token must be made for. */
  scope: string | undefined
}

let server: TestServer
let owner: Person
let aki: Person
let botan: Person
let calls: Call[]

beforeAll(async () => {
  server = await startTestServer({ env: { ...OWNER_ENV, JWT_SECRET } })
  owner = await signIn(server)
  aki = await newPerson(server, owner, 'aki')
  botan = await newPerson(server, owner, 'botan')
  await aki.json('POST', '/rooms', { id: 'akiroom', name: 'Aki’s own room' })
  await aki.json('POST', '/rooms/akiroom/messages', { data: { message: 'a line that was said there' } })
  await aki.json('PATCH', '/rooms/akiroom', { watchKey: 'watch-key' })
  const { paths } = await (await fetch(`${server.url}/openapi.json`)).json()
  calls = Object.entries(paths as Record<string, Record<string, { description?: string }>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, { description = '' }]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path: path
          .replace('{room}', 'akiroom')
          .replace('{user}', owner.user.id)
          .replace(/\{\w+\}/g, 'aaaaaaaa'),
        role: /signed-in (owner|admin)/.test(description),
        user: /signed[- ]in/.test(description),
        scope: /credential that may (\w+)/.exec(description)?.[1],
      })),
  )
})
afterAll(() => server.dispose())

/** go-sse-broker's calls: they look at their parameters first, and some failures come as 200 with a code. */
const BROKER_CALLS = new Set(['/token', '/send', '/kick', '/info'])

/** What a route needs to get as far as its rules. */
function parametersOf({ path }: Call): Record<string, string> {
  if (BROKER_CALLS.has(path)) return { uid: 'a', device: 'a', data: 'x' }
  if (path === '/api/v1/send') return { room: 'akiroom' }
  return path.startsWith('/api/v1/send/') ? { msg: 'x', room: 'akiroom' } : {}
}

/** What no refusal may tell: of the room, of its owner, of anybody's secrets. */
const secrets = () => [
  'watch-key',
  'Aki’s own room',
  'a line that was said there',
  aki.user.id,
  JWT_SECRET,
  server.token,
  owner.accessToken,
  owner.cookie,
]

interface Answer {
  status: number
  /** Empty for a stream, which is closed at once. */
  body: string
}

async function call(one: Call, token: string | null): Promise<Answer> {
  const { method, path } = one
  const parameters = parametersOf(one)
  // The seed's GET and the broker take the token from there too.
  const query = new URLSearchParams(token === null ? parameters : { ...parameters, token })
  const stop = new AbortController()
  const answer = await fetch(`${server.url}${path}${method === 'GET' ? `?${query}` : ''}`, {
    method,
    signal: stop.signal,
    headers: {
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
      ...(method === 'GET' ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(parameters) }),
  })
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    stop.abort()
    return { status: answer.status, body: '' }
  }
  const body = await answer.text()
  return { status: BROKER_CALLS.has(path) ? JSON.parse(body).code : answer.status, body }
}

/** What is wrong with a refusal, if anything. */
function fault({ status, body }: Answer, allowed: readonly number[], token: string | null): string | null {
  if (!allowed.includes(status)) return `answered ${status}`
  const { success, code, msg } = JSON.parse(body)
  // go-sse-broker's calls know no `success`.
  if (success !== undefined && success !== false) return 'says that it went well'
  if (code !== status) return `has the code ${code} with the status ${status}`
  if (typeof msg !== 'string' || msg.length < 10) return 'does not say what to do'
  const told = [...secrets(), ...(token ? [token] : [])].find(secret => body.includes(secret))
  return told === undefined ? null : `tells ${told}`
}

/** Calls every route that is not public, and lists those that did not refuse as they should. */
async function letIn(token: string | null, allowed: readonly number[], which = (_: Call) => true) {
  const wrong: string[] = []
  for (const one of calls.filter(({ name }) => !(name in PUBLIC)).filter(which)) {
    const what = fault(await call(one, token), allowed, token)
    if (what) wrong.push(`${one.name} ${what}`)
  }
  return wrong
}

const HS256 = { alg: 'HS256', typ: 'at+jwt' }
const key = (text: string) => new TextEncoder().encode(text)
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

async function forge(change: {
  header?: { alg: string; typ?: string }
  audience?: string
  issuer?: string
  secret?: string
  expires?: string
}): Promise<string> {
  const { sub, sid } = JSON.parse(Buffer.from(owner.accessToken.split('.')[1]!, 'base64url').toString())
  return new SignJWT({ sid })
    .setProtectedHeader(change.header ?? HS256)
    .setSubject(sub)
    .setIssuer(change.issuer ?? 'streaming-message')
    .setAudience(change.audience ?? 'streaming-message/api')
    .setIssuedAt()
    .setExpirationTime(change.expires ?? '1h')
    .sign(key(change.secret ?? JWT_SECRET))
}

describe('every route', () => {
  test('is known to this test: the table is not empty, and nothing public is left that is gone', () => {
    expect(calls.length).toBeGreaterThan(50)
    const names = calls.map(({ name }) => name)
    for (const name of Object.keys(PUBLIC)) expect(names).toContain(name)
  })

  test('refuses a caller without a token', async () => {
    expect(await letIn(null, [401])).toEqual([])
  })

  test('takes the very token that the forged ones are made from', async () => {
    expect(await forge({})).not.toBe(owner.accessToken)
    const me = calls.find(({ name }) => name === 'GET /api/v1/auth/me')!
    expect((await call(me, await forge({}))).status).toBe(200)
    expect((await call(me, owner.accessToken)).status).toBe(200)
  })

  test.each([
    ['an expired token', () => forge({ expires: '-1s' })],
    ['a token signed with another key', () => forge({ secret: 'another-secret-of-the-same-length!' })],
    ['a token for another audience', () => forge({ audience: 'another-service' })],
    ['a token of another issuer', () => forge({ issuer: 'another-issuer' })],
    ['a token of another algorithm', () => forge({ header: { alg: 'HS512', typ: 'at+jwt' } })],
    ['a token of another kind', () => forge({ header: { alg: 'HS256', typ: 'refresh+jwt' } })],
    ['a token without a kind', () => forge({ header: { alg: 'HS256' } })],
    ['the refresh token', async () => owner.cookie.split('=')[1]!],
    [
      'a token with the algorithm none',
      async () => {
        const [, claims] = owner.accessToken.split('.')
        return `${base64({ alg: 'none', typ: 'at+jwt' })}.${claims}.`
      },
    ],
    [
      'a token whose claims were changed after signing',
      async () => {
        const [header, claims, signature] = aki.accessToken.split('.')
        const changed = { ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), sub: owner.user.id }
        return `${header}.${base64(changed)}.${signature}`
      },
    ],
    [
      'a good token of somebody else’s login',
      async () => {
        const { sid } = JSON.parse(Buffer.from(aki.accessToken.split('.')[1]!, 'base64url').toString())
        return new SignJWT({ sid })
          .setProtectedHeader(HS256)
          .setSubject(owner.user.id)
          .setIssuer('streaming-message')
          .setAudience('streaming-message/api')
          .setExpirationTime('1h')
          .sign(key(JWT_SECRET))
      },
    ],
    ['nonsense', async () => 'a.b.c'],
    ['an API token that was never made', async () => `smt_${'A'.repeat(43)}`],
  ])('refuses %s', async (_what, make) => {
    expect(await letIn(await make(), [401])).toEqual([])
  })

  test('that is for owners and admins refuses members, and API tokens of the owner', async () => {
    const { token } = await owner.json<{ token: string }>('POST', '/tokens', {
      name: 'all',
      scopes: ['publish', 'read', 'manage'],
    })
    const roles = (one: Call) => one.role
    expect(calls.filter(roles).length).toBeGreaterThanOrEqual(8)
    expect(await letIn(botan.accessToken, [403], roles)).toEqual([])
    expect(await letIn(token, [403], roles)).toEqual([])
    expect(await letIn(server.token, [403], roles)).toEqual([])
  })

  test('that names a room refuses whoever it does not belong to', async () => {
    const rooms = (one: Call) => one.path.includes('akiroom') || one.path.startsWith('/api/v1/send')
    expect(calls.filter(rooms).length).toBeGreaterThan(15)
    expect(await letIn(botan.accessToken, [403], rooms)).toEqual([])
    const admin = await newPerson(server, owner, 'admin', 'admin')
    expect(await letIn(admin.accessToken, [403], rooms)).toEqual([])
    const { token } = await botan.json<{ token: string }>('POST', '/tokens', {
      name: 'all',
      scopes: ['publish', 'read', 'manage'],
    })
    expect(await letIn(token, [403], rooms)).toEqual([])
  })

  test.each(['publish', 'read', 'manage'])(
    'refuses a token that may %s only, where it asks for more',
    async scope => {
      const { token } = await aki.json<{ token: string }>('POST', '/tokens', {
        name: 'some',
        scopes: [scope],
      })
      const others = (one: Call) => one.user || (one.scope !== undefined && one.scope !== scope)
      expect(calls.filter(others).length).toBeGreaterThan(30)
      expect(await letIn(token, [403], others)).toEqual([])
    },
  )

  test('refuses a token that is limited to another room, and one that was revoked', async () => {
    await aki.json('POST', '/rooms', { id: 'akiother' })
    const limited = await aki.json<{ token: string; record: { id: string } }>('POST', '/tokens', {
      name: 'other',
      scopes: ['publish', 'read', 'manage'],
      rooms: ['akiother'],
    })
    const rooms = (one: Call) => one.path.includes('akiroom') || one.path.startsWith('/api/v1/send')
    expect(await letIn(limited.token, [403], rooms)).toEqual([])
    await aki.json('DELETE', `/tokens/${limited.record.id}`)
    expect(await letIn(limited.token, [401])).toEqual([])
  })

  test('refuses an access token whose login has ended, and one whose account is gone', async () => {
    const chie = await newPerson(server, owner, 'chie')
    await chie.api('POST', '/auth/logout')
    expect(await letIn(chie.accessToken, [401])).toEqual([])
    const dora = await newPerson(server, owner, 'dora')
    await owner.json('DELETE', `/users/${dora.user.id}`)
    expect(await letIn(dora.accessToken, [401])).toEqual([])
  })

  test('of a room’s events and backlog refuses strangers and other members where the room has a key', async () => {
    const watched = calls.filter(({ path }) => /akiroom\/(events|backlog)$/.test(path))
    expect(watched).toHaveLength(3)
    for (const one of watched) {
      expect(fault(await call(one, null), [403], null), one.name).toBeNull()
      expect(fault(await call(one, botan.accessToken), [403], null), one.name).toBeNull()
      const forged = await forge({ secret: 'another-secret-of-the-same-length!' })
      expect(fault(await call(one, forged), [401], forged), one.name).toBeNull()
      expect((await call(one, aki.accessToken)).status, one.name).toBe(200)
    }
  })

  test('answers as no page: no sniffing, no framing, no referrer, not kept', async () => {
    for (const path of ['/api/v1/server', '/api/v1/rooms', '/api/v1/nothing', '/healthz']) {
      const { headers } = await fetch(server.url + path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('content-security-policy'), path).toContain("default-src 'none'")
      expect(headers.get('x-frame-options'), path).toBe('DENY')
      expect(headers.get('referrer-policy'), path).toBe('no-referrer')
      expect(headers.get('cache-control'), path).toBe('no-store')
      expect(headers.get('x-powered-by'), path).toBe(null)
      // Whether a server is there at all may be asked from anywhere: the page that waits for it in OBS does.
      const expected = path === '/healthz' ? '*' : null
      expect(headers.get('access-control-allow-origin'), path).toBe(expected)
    }
  })
})
