import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWNER, OWNER_ENV, type Person, personOf, post, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** The way back for an owner who forgot the password: whoever may start the server may set it anew. */

let server: TestServer
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
})
afterAll(() => server.dispose())

const link = () => /\/admin\/reset#([\w-]+)\.(\S+)/.exec(server.output())
const reset = (code: string, password: string) => post(server, '/auth/reset', { code, password })

test('a server that was not started for it offers no link and takes no code', async () => {
  expect(link()).toBeNull()
  for (const code of ['', 'x', 'null', 'undefined'])
    expect((await reset(code, 'a new password')).status).toBe(403)
})

test('--reset-owner prints a link that sets the password once, ends the logins and is written down', async () => {
  const before: Person = await signIn(server)
  const { token } = await before.json<{ token: string }>('POST', '/tokens', { name: 'bot', scopes: ['read'] })
  server = await server.restart({}, { args: ['--reset-owner'] })
  const stream = await openTestStream(
    `${server.url}/api/v1/events?role=controller&token=${before.accessToken}`,
  )
  await stream.waitFor(isMeta('hello'))
  await expect.poll(link).not.toBeNull()
  const [, code, username] = link()!
  expect(username).toBe(OWNER.username)

  expect((await reset(`${code}x`, 'a new password')).status).toBe(403)
  expect((await reset(code!, 'short')).status).toBe(400)
  const answers = await Promise.all([1, 2, 3].map(() => reset(code!, 'a new password')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403])
  const owner = await personOf(server, answers.find(({ ok }) => ok)!)
  expect(owner.user).toMatchObject({ username: OWNER.username, role: 'owner' })

  expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data).reason).toBe('revoked')
  expect((await before.api('GET', '/auth/me')).status).toBe(401)
  expect((await post(server, '/auth/refresh', undefined, { Cookie: before.cookie })).status).toBe(401)
  expect((await post(server, '/auth/login', OWNER)).status).toBe(401)
  await signIn(server, { ...OWNER, password: 'a new password' })
  // Programs go on: the owner looks through the tokens and revokes what is not theirs.
  const me = await server.api('GET', '/auth/me', undefined, { Authorization: `Bearer ${token}` })
  expect(me.status).toBe(200)

  const { entries } = await owner.json<{ entries: { action: string; actor: string; address: string }[] }>(
    'GET',
    '/audit',
  )
  expect(entries.find(({ action }) => action === 'auth.owner-reset')).toMatchObject({
    actor: OWNER.username,
    address: expect.stringMatching(/127\.0\.0\.1|::1/),
  })
  expect(JSON.stringify(entries)).not.toContain(code)
})

test('gets in where strangers have used up every attempt', async () => {
  const locked = await server.restart({ LOGIN_LIMIT: '1' }, { args: ['--reset-owner'] })
  server = locked
  const wrong = { ...OWNER, password: 'wrong' }
  await post(server, '/auth/login', wrong)
  expect((await post(server, '/auth/login', wrong)).status).toBe(429)
  await expect.poll(link).not.toBeNull()
  expect((await reset(link()![1]!, 'the newest password')).status).toBe(200)
})

test('on a server without an account is a set-up as always', async () => {
  const fresh = await startTestServer({ args: ['--reset-owner'] })
  try {
    await expect.poll(fresh.output).toContain('/admin/setup#')
    expect(fresh.output()).not.toContain('/admin/reset#')
  } finally {
    await fresh.dispose()
  }
})
