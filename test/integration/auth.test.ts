import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Me } from '../../src/shared/account.ts'
import { cookieOf, OWNER, OWNER_ENV, personOf, post, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
})
afterAll(() => server.dispose())

const refresh = (cookie: string) => post(server, '/auth/refresh', undefined, { Cookie: cookie })

describe('signing in', () => {
  test('answers an access token for six hours and a refresh cookie for fourteen days that no script can read', async () => {
    const answer = await post(server, '/auth/login', OWNER)
    expect(answer.status).toBe(200)
    const [cookie] = answer.headers.getSetCookie()
    expect(cookie).toMatch(/^refresh_[0-9a-f]{8}=[\w.-]+; Max-Age=1209600; Path=\/api\/v1\/auth; /)
    expect(cookie).toContain('HttpOnly')
    expect(cookie).toContain('SameSite=Strict')
    const body = await answer.json()
    expect(body).toMatchObject({
      success: true,
      code: 200,
      expiresIn: 21_600,
      user: { username: OWNER.username, role: 'owner', hasPassword: true },
    })
    const me: Me = await (
      await (await personOf(server, await post(server, '/auth/login', OWNER))).api('GET', '/auth/me')
    ).json()
    expect(me).toMatchObject({
      kind: 'user',
      role: 'owner',
      scopes: ['publish', 'read', 'manage'],
      rooms: null,
    })
  })

  test('takes the name in any case and Unicode form, but nothing else than the password', async () => {
    expect((await post(server, '/auth/login', { ...OWNER, username: ' OWNER ' })).status).toBe(200)
    for (const password of [`${OWNER.password} `, OWNER.password.toUpperCase(), 'x'.repeat(256)]) {
      const answer = await post(server, '/auth/login', { ...OWNER, password })
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ error: 'wrong-credentials' })
      expect(answer.headers.getSetCookie()).toEqual([])
    }
  })

  test('with an API token answers what it may', async () => {
    const me = await (await server.api('GET', '/auth/me')).json()
    expect(me).toMatchObject({
      kind: 'token',
      user: null,
      role: 'owner',
      scopes: ['publish', 'read', 'manage'],
    })
  })
})

describe('refreshing', () => {
  test('exchanges the cookie for the next one at each use', async () => {
    const { cookie } = await signIn(server)
    const first = await refresh(cookie)
    expect(first.status).toBe(200)
    expect(cookieOf(first)).not.toBe(cookie)
    const second = await refresh(cookieOf(first))
    expect(second.status).toBe(200)
    expect(new Set([cookie, cookieOf(first), cookieOf(second)]).size).toBe(3)
  })

  test('by two tabs at once gives both the same next cookie', async () => {
    const { cookie } = await signIn(server)
    const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    const people = await Promise.all(answers.map(answer => personOf(server, answer)))
    for (const person of people) expect((await person.api('GET', '/auth/me')).status).toBe(200)
    expect((await refresh(people[0]!.cookie)).status).toBe(200)
  })

  test('with a cookie from before the last one ends the whole login, its access tokens and its streams', async () => {
    const victim = await signIn(server)
    const other = await signIn(server)
    const stream = await openTestStream(`${server.url}/api/v1/events?role=controller`, {
      headers: { Authorization: `Bearer ${victim.accessToken}` },
    })
    await stream.waitFor(isMeta('hello'))
    const first = await refresh(victim.cookie)
    const second = await refresh(cookieOf(first))
    expect(second.status).toBe(200)

    const reused = await refresh(victim.cookie)
    expect(reused.status).toBe(401)
    expect((await refresh(cookieOf(second))).status).toBe(401)
    expect((await victim.api('GET', '/auth/me')).status).toBe(401)
    expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data)).toMatchObject({ reason: 'revoked' })
    await stream.ended
    expect((await other.api('GET', '/auth/me')).status).toBe(200)
  })

  test.each([
    ['no cookie', ''],
    ['nonsense', 'refresh_00000000=a.b.c'],
  ])('with %s is refused', async (_what, cookie) => {
    expect((await refresh(cookie)).status).toBe(401)
  })

  test('an access token is no refresh token, and the other way round', async () => {
    const person = await signIn(server)
    const [name, token] = person.cookie.split('=') as [string, string]
    expect((await refresh(`${name}=${person.accessToken}`)).status).toBe(401)
    const me = await fetch(`${server.url}/api/v1/auth/me`, { headers: { Authorization: `Bearer ${token}` } })
    expect(me.status).toBe(401)
  })

  test('outlives a restart of the server', async () => {
    const { cookie } = await signIn(server)
    server = await server.restart()
    expect((await refresh(cookie)).status).toBe(200)
  })
})

describe('signing out', () => {
  test('ends this login at once, and no other', async () => {
    const here = await signIn(server)
    const there = await signIn(server)
    const answer = await post(server, '/auth/logout', undefined, { Cookie: here.cookie })
    expect(answer.status).toBe(204)
    expect(answer.headers.getSetCookie()[0]).toMatch(/^refresh_\w+=; /)
    expect((await here.api('GET', '/auth/me')).status).toBe(401)
    expect((await refresh(here.cookie)).status).toBe(401)
    expect((await there.api('GET', '/auth/me')).status).toBe(200)
  })

  test('everywhere ends all logins and their streams', async () => {
    const here = await signIn(server)
    const there = await signIn(server)
    const stream = await openTestStream(
      `${server.url}/api/v1/events?role=controller&token=${there.accessToken}`,
    )
    await stream.waitFor(isMeta('hello'))
    expect((await here.api('POST', '/auth/logout-all')).status).toBe(204)
    expect((await here.api('GET', '/auth/me')).status).toBe(401)
    expect((await there.api('GET', '/auth/me')).status).toBe(401)
    await stream.ended
    expect(stream.events.some(isMeta('closed'))).toBe(true)
  })

  test('of one login from the list', async () => {
    const here = await signIn(server, OWNER, { 'User-Agent': 'Here/1.0' })
    const there = await signIn(server, OWNER, { 'User-Agent': 'There/2.0' })
    const { logins } = await here.json<{
      logins: { id: string; device: string; current: boolean; address: string }[]
    }>('GET', '/auth/logins')
    expect(logins.filter(login => login.current).map(login => login.device)).toEqual(['Here/1.0'])
    const login = logins.find(({ device }) => device === 'There/2.0')!
    expect(login.address).toMatch(/127\.0\.0\.1|::1/)
    expect((await here.api('DELETE', `/auth/logins/${login.id}`)).status).toBe(204)
    expect((await there.api('GET', '/auth/me')).status).toBe(401)
    expect((await here.api('DELETE', `/auth/logins/${login.id}`)).status).toBe(404)
  })
})

describe('the first account', () => {
  test('is made once, by the link that headless prints', async () => {
    const fresh = await startTestServer()
    try {
      const info = await (await fetch(`${fresh.url}/api/v1/server`)).json()
      expect(info).toMatchObject({ setupNeeded: true })
      const code = /\/admin\/setup#(\S+)/.exec(fresh.output())![1]!
      const input = { username: '千早', password: '12345678', code }
      expect((await post(fresh, '/auth/setup', { ...input, code: `${code}x` })).status).toBe(403)
      expect((await post(fresh, '/auth/setup', { ...input, password: '1234567' })).status).toBe(400)

      const answers = await Promise.all([1, 2, 3].map(() => post(fresh, '/auth/setup', input)))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403])
      const owner = await personOf(fresh, answers.find(({ ok }) => ok)!)
      expect(owner.user).toMatchObject({ username: '千早', role: 'owner' })
      // The room that was there before belongs to the first account.
      const { rooms } = await owner.json<{ rooms: { owner: string }[] }>('GET', '/rooms')
      expect(rooms.map(room => room.owner)).toEqual([owner.user.id])
      expect(await (await fetch(`${fresh.url}/api/v1/server`)).json()).toMatchObject({ setupNeeded: false })
      expect((await post(fresh, '/auth/setup', input)).status).toBe(403)
      const again = await fresh.restart()
      expect(again.output()).not.toContain('/admin/setup')
      await again.kill()
    } finally {
      await fresh.dispose()
    }
  })

  test('is made by ADMIN_PASSWORD at the first start only', async () => {
    const again = await server.restart({ ADMIN_PASSWORD: 'another password' })
    expect((await post(again, '/auth/login', OWNER)).status).toBe(200)
    expect((await post(again, '/auth/login', { ...OWNER, password: 'another password' })).status).toBe(401)
    server = again
  })
})
