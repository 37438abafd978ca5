import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWNER, OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** Open streams end with what they rest on. Revoked tokens, logins and keys: `auth.test.ts`, `auth-users.test.ts`, `auth-rooms.test.ts`. */

const JWT_SECRET = 'the-secret-of-this-test-server-32b'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer({ env: { ...OWNER_ENV, JWT_SECRET } })
  owner = await signIn(server)
})
afterAll(() => server.dispose())

/** The owner's access token, but over in so many seconds. */
function accessToken(seconds: number): Promise<string> {
  const { sub, sid } = JSON.parse(Buffer.from(owner.accessToken.split('.')[1]!, 'base64url').toString())
  return new SignJWT({ sid })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(sub)
    .setIssuer('streaming-message')
    .setAudience('streaming-message/api')
    .setExpirationTime(`${seconds}s`)
    .sign(new TextEncoder().encode(JWT_SECRET))
}

test('a stream ends when the access token that opened it is over, and may come back with the next one', async () => {
  const token = await accessToken(2)
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString())
  const url = `${server.url}/api/v1/events?role=controller&token=`
  const short = await openTestStream(url + token)
  const lasting = await openTestStream(url + owner.accessToken)
  await short.waitFor(isMeta('hello'))
  await lasting.waitFor(isMeta('hello'))
  await short.ended
  expect(Date.now()).toBeGreaterThanOrEqual(exp * 1000)
  // It is not told to stay away: the sign-in goes on.
  expect(short.events.some(isMeta('closed'))).toBe(false)
  expect((await fetch(url + token)).status).toBe(401)
  const next = await openTestStream(url + (await accessToken(60)))
  await next.waitFor(isMeta('hello'))
  next.close()
  await server.api('POST', '/rooms/lobby/messages', { data: { message: 'still open' } })
  await lasting.waitFor(event => event.data.includes('still open'))
  lasting.close()
})

test('a room that is deleted ends its streams, whoever watches', async () => {
  await owner.json('POST', '/rooms', { id: 'brief' })
  const watching = await openTestStream(`${server.url}/api/v1/rooms/brief/events`)
  const steering = await openTestStream(
    `${server.url}/api/v1/rooms/brief/events?role=controller&token=${owner.accessToken}`,
  )
  await watching.waitFor(isMeta('hello'))
  await steering.waitFor(isMeta('hello'))
  await owner.json('DELETE', '/rooms/brief')
  for (const stream of [watching, steering]) {
    expect(JSON.parse((await stream.waitFor(isMeta('closed'))).data).reason).toBe('room-deleted')
    await stream.ended
  }
})

test('a page of a shared stream that rests on a login ends with it, and the others stay', async () => {
  await owner.json('POST', '/rooms', { id: 'keyed' })
  await owner.json('PATCH', '/rooms/keyed', { watchKey: 'the-watch-key' })
  const person = await signIn(server, OWNER)
  const answer = await fetch(`${server.url}/api/v1/streams`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      pages: [
        { page: 'open', room: 'lobby' },
        { page: 'keyed', room: 'keyed', key: 'the-watch-key' },
        { page: 'preview', room: 'keyed', token: person.accessToken },
        { page: 'guess', room: 'keyed', key: 'The-watch-key' },
        { page: 'endless', room: 'keyed', key: 'k'.repeat(1_000) },
        { page: 'nowhere', room: 'x'.repeat(65) },
      ],
    }),
  })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const until = async (what: string) => {
    while (!text.includes(what)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`the stream ended: ${text}`)
      text += value
    }
  }
  await until('event: refused\ndata: nowhere')
  for (const page of ['endless', 'nowhere'])
    expect(text).toMatch(new RegExp(`event: refused\\ndata: ${page}\\ndata: \\{[^\\n]*"code":400`))
  expect(text).toMatch(/event: refused\ndata: guess\ndata: \{[^\n]*"code":403/)
  await person.api('POST', '/auth/logout')
  await until('event: ended\ndata: preview')
  await owner.json('PATCH', '/rooms/keyed', { watchKey: 'another-key' })
  await until('event: ended\ndata: keyed')
  await owner.json('POST', '/rooms/lobby/messages', { data: { message: 'for the open page' } })
  await until('for the open page')
  expect(text).not.toContain('event: ended\ndata: open')
  await reader.cancel()
})
