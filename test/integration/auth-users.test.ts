import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiToken, AuditEntry, Me, User } from '../../src/shared/account.ts'
import { newPerson, OWNER, OWNER_ENV, type Person, post, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let owner: Person
let admin: Person
let member: Person
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  owner = await signIn(server)
  admin = await newPerson(server, owner, 'admin', 'admin')
  member = await newPerson(server, owner, 'member')
})
afterAll(() => server.dispose())

const status = async (answer: Promise<Response>) => (await answer).status
const withToken = (token: string, method: string, path: string, body?: unknown) =>
  server.api(method, path, body, { Authorization: `Bearer ${token}` })

describe('accounts', () => {
  test('are made and changed by owners and admins, and an admin raises nobody', async () => {
    const input = { username: 'new', password: '12345678' }
    expect(await status(member.api('GET', '/users'))).toBe(403)
    expect(await status(member.api('POST', '/users', input))).toBe(403)
    for (const role of ['owner', 'admin']) {
      expect(await status(admin.api('POST', '/users', { ...input, role }))).toBe(403)
    }
    const made = await admin.json<{ user: User }>('POST', '/users', input)
    expect(made.user).toMatchObject({ username: 'new', role: 'member' })
    expect(JSON.stringify(made)).not.toContain('argon2')
    expect(await status(admin.api('PATCH', `/users/${made.user.id}`, { role: 'admin' }))).toBe(403)
    expect(await status(admin.api('PATCH', `/users/${admin.user.id}`, { role: 'owner' }))).toBe(403)
    expect(await status(admin.api('PATCH', `/users/${owner.user.id}`, { password: 'mine now!' }))).toBe(403)
    expect(await status(admin.api('DELETE', `/users/${owner.user.id}`))).toBe(403)
    expect(await status(admin.api('DELETE', `/users/${made.user.id}`))).toBe(204)
  })

  test('have names that are told apart without case, and always an owner among them', async () => {
    expect(await status(owner.api('POST', '/users', { username: 'MEMBER', password: '12345678' }))).toBe(409)
    expect(await status(owner.api('PATCH', `/users/${member.user.id}`, { username: 'Admin' }))).toBe(409)
    expect(await status(owner.api('PATCH', `/users/${owner.user.id}`, { role: 'member' }))).toBe(409)
    expect(await status(owner.api('DELETE', `/users/${owner.user.id}`))).toBe(409)
    for (const username of [
      '',
      ' ',
      'a b',
      '<b>x</b>',
      'a\u0000b',
      'a\u202eb',
      'x'.repeat(65),
      '../x',
      'a/b',
    ]) {
      expect(await status(owner.api('POST', '/users', { username, password: '12345678' })), username).toBe(
        400,
      )
    }
  })

  test('a change of role counts at once, for tokens that were given out too', async () => {
    const second = await newPerson(server, owner, 'second', 'owner')
    const watching = await openTestStream(`${server.url}/api/v1/events?role=controller`, {
      headers: { Authorization: `Bearer ${second.accessToken}` },
    })
    await watching.waitFor(isMeta('hello'))
    await owner.json('PATCH', `/users/${second.user.id}`, { role: 'member' })
    expect(await status(second.api('GET', '/users'))).toBe(403)
    expect(await status(second.api('GET', '/audit'))).toBe(403)
    expect(JSON.parse((await watching.waitFor(isMeta('closed'))).data).reason).toBe('revoked')
  })

  test('a new password given by an admin ends all logins; one’s own ends the others', async () => {
    const dora = await newPerson(server, owner, 'dora')
    await admin.json('PATCH', `/users/${dora.user.id}`, { password: 'new password' })
    expect(await status(dora.api('GET', '/auth/me'))).toBe(401)
    expect(
      await status(post(server, '/auth/login', { username: 'dora', password: 'password of dora' })),
    ).toBe(401)

    const here = await signIn(server, { username: 'dora', password: 'new password' })
    const there = await signIn(server, { username: 'dora', password: 'new password' })
    const change = { current: 'new password', password: 'newer password' }
    expect(await status(here.api('POST', '/auth/password', { password: 'no current' }))).toBe(401)
    expect(await status(here.api('POST', '/auth/password', { ...change, current: 'wrong' }))).toBe(401)
    expect(await status(here.api('POST', '/auth/password', change))).toBe(204)
    expect(await status(here.api('GET', '/auth/me'))).toBe(200)
    expect(await status(there.api('GET', '/auth/me'))).toBe(401)
    await signIn(server, { username: 'dora', password: 'newer password' })
  })
})

describe('API tokens', () => {
  const make = async (person: Person, input: object) =>
    person.json<{ token: string; record: ApiToken }>('POST', '/tokens', input)

  test('are shown once, stored hashed, and recognised by their beginning', async () => {
    const { token, record } = await make(member, { name: 'bot', scopes: ['publish'] })
    expect(token).toMatch(/^smt_[\w-]{43}$/)
    expect(record).toMatchObject({ name: 'bot', scopes: ['publish'], rooms: null, lastUsedAt: null })
    expect(token.startsWith(record.prefix)).toBe(true)
    const list = await member.json<{ tokens: ApiToken[] }>('GET', '/tokens')
    expect(list.tokens).toEqual([record])
    expect(JSON.stringify(list)).not.toContain(token)
    // Not in the database's files either.
    const { readdir, readFile } = await import('node:fs/promises')
    for (const file of await readdir(server.dataDir)) {
      expect((await readFile(`${server.dataDir}/${file}`)).includes(token), file).toBe(false)
    }
    expect(await status(withToken(token, 'GET', '/auth/me'))).toBe(200)
    const [used] = (await member.json<{ tokens: ApiToken[] }>('GET', '/tokens')).tokens
    expect(used!.lastUsedAt).toBeGreaterThan(record.createdAt - 1)
  })

  test('do no more than their scopes say, in no other rooms than theirs', async () => {
    await member.json('POST', '/rooms', { id: 'one' })
    await member.json('POST', '/rooms', { id: 'two' })
    const { token } = await make(member, { name: 'x', scopes: ['publish', 'publish'], rooms: ['ONE', 'one'] })
    const line = { data: { message: 'x' } }
    expect(await status(withToken(token, 'POST', '/rooms/one/messages', line))).toBe(202)
    expect(await status(withToken(token, 'POST', '/rooms/two/messages', line))).toBe(403)
    expect(await status(withToken(token, 'GET', '/rooms/one/messages'))).toBe(403)
    expect(await status(withToken(token, 'PATCH', '/rooms/one', { name: 'x' }))).toBe(403)
    expect(await status(withToken(token, 'GET', '/rooms'))).toBe(403)
    const send = await withToken(token, 'POST', '/send', { ...line, room: 'two' })
    expect(send.status).toBe(403)

    const manage = await make(member, { name: 'x', scopes: ['read', 'manage'], rooms: ['one'] })
    const { rooms } = await (await withToken(manage.token, 'GET', '/rooms')).json()
    expect(rooms.map(({ id }: { id: string }) => id)).toEqual(['one'])
    expect(await status(withToken(manage.token, 'POST', '/rooms', { id: 'three' }))).toBe(403)
    const me: Me = await (await withToken(manage.token, 'GET', '/auth/me')).json()
    expect(me).toMatchObject({ kind: 'token', token: 'x', rooms: ['one'], scopes: ['read', 'manage'] })
  })

  test('are no way to more rights: no accounts, no tokens, no server token, no rooms of others', async () => {
    const { token } = await make(owner, { name: 'all', scopes: ['publish', 'read', 'manage'] })
    for (const path of ['/users', '/tokens', '/audit', '/auth/logins']) {
      expect(await status(withToken(token, 'GET', path)), path).toBe(403)
    }
    expect(await status(withToken(token, 'POST', '/tokens', { name: 'x', scopes: ['read'] }))).toBe(403)
    expect(await status(withToken(token, 'POST', '/auth/password', { password: 'mine now!' }))).toBe(403)
    const addresses = await withToken(token, 'GET', '/server/addresses')
    expect(await addresses.text()).not.toContain(server.token)
    expect(
      await status(member.api('POST', '/tokens', { name: 'x', scopes: ['read'], rooms: ['lobby'] })),
    ).toBe(403)
    const own = await make(member, { name: 'x', scopes: ['publish', 'read', 'manage'] })
    expect(await status(withToken(own.token, 'GET', '/rooms/lobby'))).toBe(403)
  })

  test('end at once when they are revoked, and when their time is over', async () => {
    await member.json('POST', '/rooms', { id: 'watched' })
    const { token, record } = await make(member, { name: 'x', scopes: ['read'] })
    const stream = await openTestStream(
      `${server.url}/api/v1/rooms/watched/events?role=controller&token=${token}`,
    )
    await stream.waitFor(isMeta('hello'))
    expect(await status(owner.api('DELETE', `/tokens/${record.id}`))).toBe(404)
    expect(await status(member.api('DELETE', `/tokens/${record.id}`))).toBe(204)
    expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data).reason).toBe('revoked')
    await stream.ended
    expect(await status(withToken(token, 'GET', '/auth/me'))).toBe(401)

    const expiresAt = Date.now() + 3_000
    const short = await make(member, { name: 'short', scopes: ['read'], expiresAt })
    const watching = await openTestStream(
      `${server.url}/api/v1/rooms/watched/events?role=controller&token=${short.token}`,
    )
    await watching.waitFor(isMeta('hello'))
    await watching.ended
    expect(Date.now()).toBeGreaterThanOrEqual(expiresAt)
    expect(watching.events.some(isMeta('closed'))).toBe(true)
    const answer = await withToken(short.token, 'GET', '/auth/me')
    expect(await answer.json()).toMatchObject({ code: 401, error: 'token-expired' })
    expect(await status(member.api('POST', '/tokens', { name: 'x', scopes: ['read'], expiresAt: 1 }))).toBe(
      400,
    )
  })
})

describe('the audit log', () => {
  test('holds logins, failures, tokens, accounts, rooms and kicks, for the owner alone and without secrets', async () => {
    await post(server, '/auth/login', { ...OWNER, password: 'not this one' })
    await post(server, '/auth/login', { username: 'hunter2hunter2', password: 'in the wrong field' })
    await owner.json('POST', '/rooms', { id: 'audited' })
    await owner.json('PATCH', '/rooms/audited', { watchKey: 'very-secret-key', name: '<b>bold</b>' })
    const player = await openTestStream(`${server.url}/api/v1/rooms/audited/events?key=very-secret-key`)
    const hello = JSON.parse((await player.waitFor(isMeta('hello'))).data)
    await owner.json('DELETE', `/rooms/audited/subscribers/${hello.subscriber}`)
    await owner.json('DELETE', '/rooms/audited')

    const seen: AuditEntry[] = []
    for (let before: string | null = ''; before !== null; ) {
      const page: { entries: AuditEntry[]; next: string | null } = await owner.json(
        'GET',
        `/audit?limit=7${before && `&before=${before}`}`,
      )
      seen.push(...page.entries)
      before = page.next
    }
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length)
    expect(seen.map(({ time }) => time)).toEqual(seen.map(({ time }) => time).sort((a, b) => b - a))
    expect(new Set(seen.map(({ action }) => action))).toEqual(
      new Set([
        'auth.login',
        'auth.login-failed',
        'auth.password',
        'user.create',
        'user.change',
        'user.delete',
        'token.create',
        'token.revoke',
        'room.create',
        'room.change',
        'room.delete',
        'player.kick',
      ]),
    )
    const text = JSON.stringify(seen)
    for (const secret of [
      'very-secret-key',
      'hunter2hunter2',
      'in the wrong field',
      OWNER.password,
      'smt_',
    ]) {
      // A token's first characters are there to recognise it by.
      if (secret === 'smt_') expect(text).not.toMatch(/smt_[\w-]{7}/)
      else expect(text).not.toContain(secret)
    }
    expect(seen.find(({ action }) => action === 'room.delete')).toMatchObject({
      actor: OWNER.username,
      target: 'audited',
    })
    expect(await status(admin.api('GET', '/audit'))).toBe(403)
  })
})
