import { request } from 'node:http'
import { hostname, networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ServerAddresses } from '../../src/shared/server-info.ts'
import { OWNER, OWNER_ENV, type Person, personOf, post, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** Where a request comes from and what it calls this server: DNS rebinding, other origins, the LAN, guessing. */

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer({ env: { ...OWNER_ENV, ALLOWED_HOSTS: 'stream.example, .sub.example' } })
  owner = await signIn(server)
})
afterAll(() => server.dispose())

/** fetch does not let a Host be forged. @returns status, headers and the body's `error`. */
function raw(
  url: string,
  headers: Record<string, string>,
  method = 'GET',
  body?: string,
): Promise<{ status: number; error: string; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method, headers }, answer => {
      let text = ''
      answer.on('data', chunk => {
        text += chunk
        // A stream has no end.
        if (answer.headers['content-type']?.startsWith('text/event-stream')) call.destroy()
      })
      answer.on('close', () => {
        const error = text.startsWith('{') ? JSON.parse(text).error : ''
        resolve({ status: answer.statusCode!, error, headers: answer.headers })
      })
    })
    call.on('error', reject)
    call.end(body)
  })
}

const json = { 'Content-Type': 'application/json' }

describe('the Host header', () => {
  test.each([
    'evil.example',
    'evil.example:8000',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'notlocalhost',
    'evilstream.example',
    'x.stream.example',
    'sub.example.evil.example',
    '203.0.113.9',
    '2130706433',
    '0x7f000001',
    '[2001:db8::1]',
    'stream.example@evil.example',
    'evil.example.',
    'localhost.evil.example.',
    '[::ffff:203.0.113.9]',
    '[::]',
  ])('of "%s" is refused on loopback: pages, API and event streams', async host => {
    for (const path of ['/', '/admin', '/api/v1/server', '/api/v1/events', '/healthz', '/openapi.json']) {
      const answer = await raw(server.url + path, { Host: host })
      const refused = host.includes('@') ? [400, 'invalid-input'] : [403, 'wrong-host']
      expect([answer.status, answer.error], `${path} ${host}`).toEqual(refused)
    }
  })

  test.each([
    'localhost',
    'LOCALHOST:1',
    'localhost.',
    'LocalHost.:8000',
    'stream.example.',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]:8000',
    '127.0.0.1',
    '127.1.2.3:80',
    '[::1]:9',
    'a.localhost',
    'stream.example',
    'x.sub.example',
    hostname(),
    `${hostname()}.local`,
  ])('of "%s" is let in', async host => {
    expect((await raw(`${server.url}/api/v1/server`, { Host: host })).status).toBe(200)
  })

  test('that a proxy forwards counts only where the proxy is trusted', async () => {
    const forwarded = { Host: 'localhost', 'X-Forwarded-Host': 'evil.example' }
    expect((await raw(`${server.url}/api/v1/server`, forwarded)).status).toBe(200)
    const proxied = await startTestServer({
      env: { TRUST_PROXY: 'loopback', ALLOWED_HOSTS: 'stream.example' },
    })
    try {
      const good = { Host: 'upstream', 'X-Forwarded-Host': 'stream.example' }
      expect((await raw(`${proxied.url}/api/v1/server`, good)).status).toBe(200)
      expect((await raw(`${proxied.url}/api/v1/server`, forwarded)).status).toBe(403)
    } finally {
      await proxied.dispose()
    }
  })
})

describe('a page of another origin', () => {
  const foreign = [
    { Origin: 'https://evil.example' },
    { Origin: 'http://localhost:1' },
    { Origin: 'null' },
    { Origin: 'file://' },
    { Origin: 'chrome-extension://abcdef' },
    { 'Sec-Fetch-Site': 'cross-site' },
    { 'Sec-Fetch-Site': 'same-site' },
  ] as unknown as Record<string, string>[]

  test.each(foreign)('changes nothing, even with a good token: %o', async headers => {
    const authorization = { Authorization: `Bearer ${owner.accessToken}` }
    for (const [method, path, body] of [
      ['POST', '/api/v1/rooms/lobby/messages', '{"data":{"message":"x"}}'],
      ['POST', '/api/v1/send', '{}'],
      ['GET', `/api/v1/send/evil?msg=x&token=${server.token}`, ''],
      ['HEAD', `/api/v1/send/evil?msg=x&token=${server.token}`, ''],
      ['PATCH', '/api/v1/rooms/lobby', '{}'],
      ['DELETE', '/api/v1/rooms/lobby/messages', ''],
      ['POST', '/api/v1/auth/login', JSON.stringify(OWNER)],
      ['POST', '/api/v1/auth/refresh', ''],
      ['POST', '/api/v1/streams', '{}'],
      ['POST', '/api/v1/server/lan', '{"open":true}'],
    ] as const) {
      const answer = await raw(server.url + path, { ...json, ...authorization, ...headers }, method, body)
      const error = method === 'HEAD' ? '' : 'wrong-origin'
      expect(answer, `${method} ${path}`).toMatchObject({ status: 403, error })
      expect(answer.headers).not.toHaveProperty('access-control-allow-origin')
    }
  })

  test('may listen to an open room, but not with a token', async () => {
    const listen = (query: string, headers: Record<string, string>) =>
      raw(`${server.url}/api/v1/rooms/lobby/events${query}`, { Origin: 'https://evil.example', ...headers })
    const open = await listen('', {})
    expect(open.status).toBe(200)
    expect(open.headers['access-control-allow-origin']).toBe('*')
    expect(open.headers).not.toHaveProperty('access-control-allow-credentials')
    expect(await listen(`?token=${owner.accessToken}`, {})).toMatchObject({
      status: 403,
      error: 'wrong-origin',
    })
    expect((await listen('', { Authorization: `Bearer ${owner.accessToken}` })).status).toBe(403)
    expect((await listen('?role=controller', {})).status).toBe(403)
  })

  test('is told so by the preflight: the event stream only, and no Authorization', async () => {
    const preflight = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' }
    const events = await raw(`${server.url}/api/v1/events`, preflight, 'OPTIONS')
    expect(events.status).toBe(204)
    expect(events.headers['access-control-allow-headers']).not.toMatch(/authorization/i)
    for (const path of [
      '/api/v1/streams',
      '/api/v1/rooms/lobby/messages',
      '/api/v1/rooms',
      '/api/v1/auth/me',
    ]) {
      const answer = await raw(server.url + path, preflight, 'OPTIONS')
      expect(answer.headers, path).not.toHaveProperty('access-control-allow-origin')
    }
  })

  test('is our own where ALLOWED_HOSTS names it, or where it is the very host that is called', async () => {
    const send = (headers: Record<string, string>) =>
      raw(`${server.url}/api/v1/auth/login`, { ...json, ...headers }, 'POST', JSON.stringify(OWNER))
    expect((await send({ Origin: 'https://stream.example' })).status).toBe(200)
    expect((await send({ Origin: server.url })).status).toBe(200)
    expect((await send({ Host: 'localhost:80', Origin: 'http://localhost' })).status).toBe(200)
    expect((await send({ Origin: 'null', 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200)
  })
})

const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find(one => one && !one.internal && one.family === 'IPv4')?.address

describe('the LAN', () => {
  const reach = (address: string) =>
    fetch(`http://${address}:${new URL(server.url).port}/api/v1/server`).then(
      answer => answer.status,
      () => 0,
    )
  const switchLan = (person: Person, open: boolean) => person.api('POST', '/server/lan', { open })

  test('is shut out until the owner opens the server, by one switch that outlives a restart', async () => {
    if (!lanAddress) throw new Error('this machine has no address but loopback: the LAN can’t be tested')
    expect(await reach(lanAddress)).toBe(0)
    expect((await server.api('POST', '/server/lan', { open: true })).status).toBe(403)

    const here = await openTestStream(`${server.url}/api/v1/events`)
    await here.waitFor(isMeta('hello'))
    const opened = (await (await switchLan(owner, true)).json()) as ServerAddresses
    expect(opened.lan).toMatchObject({ open: true, fixed: false, openRooms: 1, keyedRooms: 0, accounts: 1 })
    expect(opened.addresses.map(({ url }) => url)).toContain(
      `http://${lanAddress}:${new URL(server.url).port}`,
    )
    expect(await reach(lanAddress)).toBe(200)
    expect((await raw(`${server.url}/api/v1/server`, { Host: 'evil.example' })).status).toBe(403)

    // The restarted server names 0.0.0.0 as its address; this machine's own name for it stays.
    const { url } = server
    server = await server.restart()
    expect(await reach(lanAddress)).toBe(200)
    owner = await signIn({ url })
    const there = await openTestStream(`http://${lanAddress}:${new URL(server.url).port}/api/v1/events`)
    const stays = await openTestStream(`${url}/api/v1/events`)
    await there.waitFor(isMeta('hello'))
    await stays.waitFor(isMeta('hello'))

    expect((await (await switchLan(owner, false)).json()).lan.open).toBe(false)
    // Streams from other machines are cut; this test's came from an address of this machine, but not from loopback.
    await there.ended
    expect(await reach(lanAddress)).toBe(0)
    await owner.json('POST', '/rooms/lobby/messages', { data: { message: 'still there' } })
    await stays.waitFor(event => event.event === undefined)
    stays.close()
  })

  test('is not for the switch where HOST says it', async () => {
    const fixed = await startTestServer({ env: { ...OWNER_ENV, HOST: '127.0.0.1' } })
    try {
      const person = await signIn(fixed)
      expect((await switchLan(person, true)).status).toBe(409)
      const { lan } = await person.json<ServerAddresses>('GET', '/server/addresses')
      expect(lan).toMatchObject({ open: false, fixed: true })
    } finally {
      await fixed.dispose()
    }
  })
})

describe('guessing', () => {
  test('passwords is limited by account and by address, and told when to try again', async () => {
    const guarded = await startTestServer({
      env: { ...OWNER_ENV, LOGIN_LIMIT: '3', TRUST_PROXY: 'loopback' },
    })
    try {
      const from = (address: string, input: object) =>
        post(guarded, '/auth/login', input, { 'X-Forwarded-For': address })
      const wrong = { ...OWNER, password: 'wrong wrong' }
      const statuses = await Promise.all(
        Array.from({ length: 20 }, (_, i) => from(`203.0.113.${i}`, wrong).then(({ status }) => status)),
      )
      expect(statuses.filter(status => status === 401)).toHaveLength(3)
      expect(statuses.filter(status => status === 429)).toHaveLength(17)
      const refused = await from('203.0.113.99', OWNER)
      expect(refused.status).toBe(429)
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(60)

      // One address, many names.
      const names = await Promise.all(
        Array.from({ length: 12 }, (_, i) =>
          from('198.51.100.1', { username: `name${i}`, password: 'x' }).then(({ status }) => status),
        ),
      )
      expect(names.filter(status => status === 401)).toHaveLength(6)
      expect((await from('198.51.100.2', { username: 'name0', password: 'x' })).status).toBe(401)
    } finally {
      await guarded.dispose()
    }
  })

  test('does not lock out who is signed in from their own address', async () => {
    const guarded = await startTestServer({
      env: { ...OWNER_ENV, LOGIN_LIMIT: '3', TRUST_PROXY: 'loopback' },
    })
    try {
      const home = { 'X-Forwarded-For': '192.0.2.1' }
      await signIn(guarded, OWNER, home)
      for (let i = 0; i < 5; i++) {
        await post(
          guarded,
          '/auth/login',
          { ...OWNER, password: 'wrong' },
          { 'X-Forwarded-For': `203.0.113.${i}` },
        )
      }
      expect((await post(guarded, '/auth/login', OWNER, { 'X-Forwarded-For': '203.0.113.200' })).status).toBe(
        429,
      )
      await signIn(guarded, OWNER, home)
    } finally {
      await guarded.dispose()
    }
  })

  test('does not lock out a browser that has been signed in before, wherever it is now, nor this machine', async () => {
    const guarded = await startTestServer({
      env: { ...OWNER_ENV, LOGIN_LIMIT: '3', TRUST_PROXY: 'loopback' },
    })
    try {
      const from = (n: number) => ({ 'X-Forwarded-For': `203.0.113.${n}` })
      const first = await post(guarded, '/auth/login', OWNER, from(1))
      const cookies = first.headers.getSetCookie()
      const device = cookies.find(cookie => cookie.startsWith('device_'))!
      expect(device).toMatch(/; Max-Age=31536000; Path=\/api\/v1\/auth; .*HttpOnly; SameSite=Strict/)
      await (await personOf(guarded, first)).api('POST', '/auth/logout-all')

      const wrong = { ...OWNER, password: 'wrong' }
      for (let n = 10; n < 16; n++) await post(guarded, '/auth/login', wrong, from(n))
      expect((await post(guarded, '/auth/login', OWNER, from(20))).status).toBe(429)
      const known = { ...from(21), Cookie: device.split(';')[0]! }
      await signIn(guarded, OWNER, known)
      // A program at this machine, where no proxy speaks for anybody.
      await signIn(guarded, OWNER, {})

      // It opens nothing, is good for one account, and its guesses are counted too.
      const [, value] = known.Cookie.split('=') as [string, string]
      for (const path of ['/auth/me', '/rooms']) {
        const answer = await guarded.api('GET', path, undefined, { Authorization: `Bearer ${value}` })
        expect(answer.status).toBe(401)
      }
      const statuses: number[] = []
      for (let n = 0; n < 5; n++)
        statuses.push((await post(guarded, '/auth/login', wrong, { ...known, ...from(30 + n) })).status)
      expect(statuses).toEqual([401, 401, 401, 429, 429])
      const forged = { ...from(40), Cookie: `${known.Cookie.slice(0, -4)}AAAA` }
      expect((await post(guarded, '/auth/login', OWNER, forged)).status).toBe(429)
    } finally {
      await guarded.dispose()
    }
  })

  test('tokens, and publishing without end, are limited for strangers and never for this machine', async () => {
    const guarded = await startTestServer({ env: { PUBLISH_LIMIT: '5', TRUST_PROXY: 'loopback' } })
    try {
      const publish = (headers: Record<string, string>) =>
        guarded.api('POST', '/rooms/lobby/messages', { data: { message: 'x' } }, headers)
      const stranger = { 'X-Forwarded-For': '203.0.113.1' }
      const statuses: number[] = []
      for (let i = 0; i < 8; i++) statuses.push((await publish(stranger)).status)
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429, 429, 429])
      expect(Number((await publish(stranger)).headers.get('retry-after'))).toBeGreaterThan(0)
      const get = `/send/x?msg=x&token=${guarded.token}`
      expect((await fetch(`${guarded.url}/api/v1${get}`, { headers: stranger })).status).toBe(429)
      expect((await publish({ 'X-Forwarded-For': '203.0.113.2' })).status).toBe(202)
      for (let i = 0; i < 20; i++) expect((await publish({})).status).toBe(202)

      const guesser = { 'X-Forwarded-For': '203.0.113.3' }
      const guess = (token: string) => publish({ ...guesser, Authorization: `Bearer ${token}` })
      const guesses = await Promise.all(Array.from({ length: 60 }, (_, i) => guess(`guess${i}`)))
      expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([401]))
      // From now on the right one is not told from a wrong one.
      expect((await guess('guess')).status).toBe(429)
      expect((await guess(guarded.token)).status).toBe(429)
    } finally {
      await guarded.dispose()
    }
  })

  test('a watch key is not to be guessed: not by streams, nor by the backlog, nor by pages', async () => {
    const guarded = await startTestServer({ env: { TRUST_PROXY: 'loopback' } })
    try {
      expect((await guarded.api('PATCH', '/rooms/lobby', { watchKey: 'the-watch-key' })).status).toBe(200)
      await guarded.api('POST', '/rooms/lobby/messages', { data: { message: 'a secret line' } })
      const ask = async (path: string, from: string) => {
        const gone = new AbortController()
        const response = await fetch(guarded.url + path, {
          headers: { 'X-Forwarded-For': from },
          signal: gone.signal,
        })
        const text = response.headers.get('content-type')?.startsWith('text/event-stream')
          ? ''
          : await response.text()
        gone.abort()
        return { status: response.status, told: text.includes('a secret line') }
      }
      const stream = (key: string, from: string) => ask(`/api/v1/rooms/lobby/events?key=${key}`, from)
      const backlog = (key: string, from: string) => ask(`/api/v1/rooms/lobby/backlog?key=${key}`, from)
      const page = (key: string, from: string) => ask(`/lobby?key=${key}`, from)
      const guesser = '203.0.113.4'
      for (let i = 0; i < 20; i++) {
        expect(await stream(`guess${i}`, guesser)).toEqual({ status: 403, told: false })
        expect(await backlog(`guess${i}`, guesser)).toEqual({ status: 403, told: false })
        expect(await page(`guess${i}`, guesser)).toEqual({ status: 200, told: false })
      }
      // From now on the right one is not told from a wrong one.
      for (const key of ['the-watch-key', 'guess']) {
        expect(await stream(key, guesser)).toEqual({ status: 429, told: false })
        expect(await backlog(key, guesser)).toEqual({ status: 429, told: false })
        expect(await page(key, guesser)).toEqual({ status: 200, told: false })
      }
      const viewer = '203.0.113.5'
      expect(await stream('the-watch-key', viewer)).toEqual({ status: 200, told: false })
      expect(await backlog('the-watch-key', viewer)).toEqual({ status: 200, told: true })
      expect(await page('the-watch-key', viewer)).toEqual({ status: 200, told: true })
    } finally {
      await guarded.dispose()
    }
  })
})
