import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ApiToken, AuditEntry } from '../../src/shared/account.ts'
import type { Room } from '../../src/shared/room.ts'
import { cookieOf, newPerson, OWNER_ENV, type Person, personOf, post, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestPostgres, type TestPostgres } from '../support/postgres.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** The same accounts on PostgreSQL: what is done by queries of its own kind there. */

let postgres: TestPostgres
let server: TestServer
let owner: Person
beforeAll(async () => {
  postgres = await startTestPostgres()
  server = await startTestServer({ env: { ...OWNER_ENV, DATABASE_URL: await postgres.createDatabase() } })
  owner = await signIn(server)
})
afterAll(async () => {
  await server.dispose()
  await postgres.dispose()
})

const status = async (answer: Promise<Response>) => (await answer).status
const refresh = (cookie: string) => post(server, '/auth/refresh', undefined, { Cookie: cookie })

test('tabs that refresh at once go on together, and a token that comes back ends the login', async () => {
  const { cookie } = await signIn(server)
  const answers = await Promise.all([refresh(cookie), refresh(cookie), refresh(cookie), refresh(cookie)])
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200])
  const person = await personOf(server, answers[0]!)
  const later = await refresh(person.cookie)
  expect(later.status).toBe(200)
  expect(await status(refresh(cookie))).toBe(401)
  expect(await status(refresh(cookieOf(later)))).toBe(401)
  expect(await status(person.api('GET', '/auth/me'))).toBe(401)
})

test('rooms, sharing, tokens and the end of an account', async () => {
  const aki = await newPerson(server, owner, 'aki')
  const botan = await newPerson(server, owner, 'botan')
  expect(await status(owner.api('POST', '/users', { username: 'AKI', password: '12345678' }))).toBe(409)
  await aki.json('POST', '/rooms', { id: 'akiroom' })
  expect(await status(botan.api('GET', '/rooms/akiroom'))).toBe(403)
  await aki.json('POST', '/rooms/akiroom/moderators', { username: 'botan' })
  const shared = await botan.json<{ room: Room }>('GET', '/rooms/akiroom')
  expect(shared.room.may).toEqual(['publish', 'read'])
  const { token } = await botan.json<{ token: string }>('POST', '/tokens', {
    name: 'bot',
    scopes: ['publish', 'read'],
    rooms: ['akiroom'],
  })
  const stream = await openTestStream(
    `${server.url}/api/v1/rooms/akiroom/events?role=controller&token=${token}`,
  )
  await stream.waitFor(isMeta('hello'))
  const { tokens } = await botan.json<{ tokens: ApiToken[] }>('GET', '/tokens')
  expect(tokens[0]).toMatchObject({ name: 'bot', rooms: ['akiroom'], scopes: ['publish', 'read'] })
  expect(tokens[0]!.lastUsedAt).toBeTypeOf('number')

  await aki.json('DELETE', `/rooms/akiroom/moderators/${botan.user.id}`)
  expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data).reason).toBe('revoked')
  await owner.json('DELETE', `/users/${aki.user.id}`)
  expect((await owner.json<{ room: Room }>('GET', '/rooms/akiroom')).room.owner).toBe(owner.user.id)
  expect(await status(aki.api('GET', '/auth/me'))).toBe(401)
})

test('the audit log and the LAN switch are kept there', async () => {
  const { entries } = await owner.json<{ entries: AuditEntry[] }>('GET', '/audit?limit=200')
  expect(entries.map(({ action }) => action)).toEqual(
    expect.arrayContaining([
      'auth.refresh-reused',
      'user.delete',
      'room.share',
      'room.unshare',
      'token.create',
    ]),
  )
  expect(entries.map(({ id }) => id)).toEqual(
    entries
      .map(({ id }) => id)
      .toSorted()
      .reverse(),
  )
  await owner.json('POST', '/server/lan', { open: true })
  server = await server.restart()
  expect((await (await server.api('GET', '/server/addresses')).json()).lan.open).toBe(true)
})

test('a file of phrases that is imported several times at once is there once', async () => {
  const file = { kind: 'streaming-message/phrases', version: 1, phrases: [{ text: 'one' }, { text: 'two' }] }
  const added = await Promise.all(
    Array.from({ length: 6 }, async () => {
      const answer = await owner.json<{ added: number }>('POST', '/phrases/import', file)
      return answer.added
    }),
  )
  expect(added.sort()).toEqual([0, 0, 0, 0, 0, 2])
})

test('no more speakers than one may keep, however many are added at once', async () => {
  const file = (names: string[]) => ({
    kind: 'streaming-message/speakers',
    version: 1,
    speakers: names.map(name => ({ name })),
    assets: {},
  })
  const names = Array.from({ length: 495 }, (_, index) => `speaker ${index}`)
  expect(await status(owner.api('POST', '/speakers/import', file(names)))).toBe(200)
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      status(owner.api('POST', '/speakers', { name: `late ${index}` })),
    ),
  )
  expect(answers.filter(answer => answer === 201)).toHaveLength(5)
  expect(answers.filter(answer => answer === 413)).toHaveLength(25)
})
