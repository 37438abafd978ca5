import { expect, test, vi } from 'vitest'
import { createSession } from './session.ts'

interface Answer {
  status: number
  body?: unknown
}

const user = { id: 'u', username: 'me', role: 'owner' }

/** A `fetch` that answers by path, and tells which tokens it saw. */
function fakeServer(answer: (path: string, token: string | null) => Answer) {
  const seen: { path: string; token: string | null }[] = []
  const send: typeof fetch = async (input, init) => {
    const path = String(input)
    const token = new Headers(init?.headers).get('Authorization')?.slice(7) ?? null
    seen.push({ path, token })
    const { status, body } = answer(path, token)
    return new Response(JSON.stringify(body ?? {}), { status })
  }
  return { send, seen }
}

function accountServer() {
  let refreshes = 0
  let good = 'token-1'
  const server = fakeServer((path, token) => {
    if (path === '/api/v1/server')
      return { status: 200, body: { version: '1', desktop: false, setupNeeded: false } }
    if (path === '/api/v1/auth/refresh') {
      refreshes++
      return { status: 200, body: { accessToken: good, expiresIn: 60, user } }
    }
    return token === good
      ? { status: 200, body: { user, kind: 'user' } }
      : { status: 401, body: { success: false, code: 401, error: 'token-expired', msg: '' } }
  })
  return { ...server, refreshes: () => refreshes, expire: (next: string) => (good = next) }
}

test('a cookie of the last time signs in', async () => {
  const server = accountServer()
  const session = createSession({ send: server.send })
  await session.start()
  expect(session.store.getState()).toMatchObject({ status: 'signed-in', user })
})

test('a start takes two rounds: whose desk it is is asked together with what server it is', async () => {
  const rounds: string[][] = []
  let held: { path: string; answer(): void }[] = []
  const server = accountServer()
  const session = createSession({
    send: (input, init) =>
      new Promise(resolve => {
        held.push({ path: String(input), answer: () => resolve(server.send(input, init)) })
      }),
  })
  const started = session.start()
  while (session.store.getState().status !== 'signed-in' || held.length > 0) {
    await vi.waitFor(() => expect(held).not.toEqual([]))
    const round = held
    held = []
    rounds.push(round.map(({ path }) => path))
    for (const { answer } of round) answer()
  }
  await started
  expect(rounds).toEqual([
    ['/api/v1/server', '/api/v1/auth/refresh'],
    ['/api/v1/auth/me', '/api/v1/server/addresses'],
  ])
})

test('a token that runs out in the middle is renewed once for all requests that failed with it', async () => {
  const server = accountServer()
  const session = createSession({ send: server.send })
  await session.start()
  const before = server.refreshes()
  server.expire('token-2')
  const answers = await Promise.all([1, 2, 3].map(number => session.request(`/api/v1/thing/${number}`)))
  expect(answers.every(answer => answer.ok)).toBe(true)
  expect(server.refreshes()).toBe(before + 1)
})

test('a sign-in that ended leaves the desk open, behind the form', async () => {
  let ended = false
  const { send } = fakeServer((path, token) => {
    if (path === '/api/v1/server')
      return { status: 200, body: { version: '1', desktop: false, setupNeeded: false } }
    if (ended) return { status: 401, body: { error: 'unauthenticated', msg: '' } }
    if (path === '/api/v1/auth/refresh')
      return { status: 200, body: { accessToken: 'a', expiresIn: 60, user } }
    return token === 'a'
      ? { status: 200, body: { user } }
      : { status: 401, body: { error: 'unauthenticated', msg: '' } }
  })
  const session = createSession({ send })
  await session.start()
  ended = true
  const answer = await session.request('/api/v1/rooms')
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'unauthenticated' } })
  expect(session.store.getState()).toMatchObject({ status: 'expired', user })
})

test('no answer is no refusal: the sign-in stands', async () => {
  let down = false
  const server = accountServer()
  const session = createSession({
    send: (input, init) => (down ? Promise.reject(new TypeError('failed')) : server.send(input, init)),
  })
  await session.start()
  down = true
  const answer = await session.request('/api/v1/rooms')
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'offline', status: 0 } })
  expect(session.store.getState().status).toBe('signed-in')
})

test('a first start asks for the account, a stranger for the name', async () => {
  for (const [setupNeeded, status] of [
    [true, 'setup'],
    [false, 'signed-out'],
  ] as const) {
    const { send } = fakeServer(path =>
      path === '/api/v1/server'
        ? { status: 200, body: { version: '1', desktop: false, setupNeeded } }
        : { status: 401, body: { error: 'unauthenticated', msg: '' } },
    )
    const session = createSession({ send })
    await session.start()
    expect(session.store.getState().status).toBe(status)
  }
})

test('the answer of something else on this address is named as such', async () => {
  const session = createSession({ send: async () => new Response('<html>', { status: 502 }) })
  expect(await session.request('/api/v1/rooms')).toMatchObject({
    ok: false,
    failure: { reason: 'bad-answer', status: 502 },
  })
})

test('signing out while the server is away says so and leaves nobody believing that they are out', async () => {
  const server = accountServer()
  let away = false
  const session = createSession({
    send: (input, init) => (away ? Promise.reject(new TypeError('no network')) : server.send(input, init)),
  })
  await session.start()
  away = true
  expect(await session.signOut()).toMatchObject({ reason: 'offline' })
  expect(session.store.getState()).toMatchObject({ status: 'signed-in', user })
  away = false
  expect(await session.signOut()).toBeNull()
  expect(session.store.getState()).toMatchObject({ status: 'signed-out', user: null })
})

test('an attempt to find the server that fails late does not close what a later one has opened', async () => {
  const server = accountServer()
  let fail = () => {}
  let hangs = true
  const session = createSession({
    send: (input, init) =>
      hangs && input === '/api/v1/server'
        ? new Promise((_, reject) => {
            fail = () => reject(new TypeError('no answer'))
          })
        : server.send(input, init),
  })
  const first = session.start()
  hangs = false
  await session.start()
  expect(session.store.getState().status).toBe('signed-in')
  fail()
  await first
  expect(session.store.getState().status).toBe('signed-in')
})

test('a refusal that was on its way while somebody signed in does not sign them out again', async () => {
  let refuse = () => {}
  const refused = { success: false, code: 401, error: 'unauthenticated', msg: '' }
  const session = createSession({
    send: async input => {
      if (input === '/api/v1/auth/refresh') {
        await new Promise<void>(resolve => {
          refuse = resolve
        })
        return new Response(JSON.stringify(refused), { status: 401 })
      }
      return new Response(JSON.stringify({ accessToken: 'fresh', expiresIn: 60, user, addresses: [] }))
    },
  })
  const renewal = session.renew()
  expect(await session.signIn('me', 'password')).toBeNull()
  refuse()
  expect(await renewal).toBe(true)
  expect(session.store.getState().status).toBe('signed-in')
  expect(session.token()).toBe('fresh')
})

test('a token that an account has taken the place of is not used again by the next page', async () => {
  const items = new Map([['streaming-message.token', 'revoked']])
  const tabStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  }
  const server = accountServer()
  const session = createSession({ send: server.send, tabStorage })
  await session.start()
  expect(session.store.getState()).toMatchObject({ status: 'signed-in', user })
  expect(session.token()).toBe('token-1')
  expect(items.size).toBe(0)
})
