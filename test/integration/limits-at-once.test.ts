import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPerson, OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

/** What is counted before it is taken up, against requests that come at once. */

let server: TestServer
let owner: Person
let member: Person
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  owner = await signIn(server)
  member = await newPerson(server, owner, 'yuki')
})
afterAll(() => server.dispose())

async function countMade(make: (index: number) => Promise<Response>): Promise<number> {
  const answers = await Promise.all(Array.from({ length: 110 }, (_, index) => make(index)))
  const statuses = answers.map(answer => answer.status)
  expect([...new Set(statuses)].sort()).toEqual([201, 409])
  return statuses.filter(status => status === 201).length
}

test('an account has no more rooms than it may, however many are asked for at once', async () => {
  expect(await countMade(index => member.api('POST', '/rooms', { id: `yuki${index}` }))).toBe(100)
})

test('nor more tokens', async () => {
  const token = (index: number) => ({ name: `bot ${index}`, scopes: ['read'] })
  expect(await countMade(index => member.api('POST', '/tokens', token(index)))).toBe(100)
})

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='
const theme = (id: string, css = '', assets: Record<string, string> = {}) => ({
  manifest: {
    id,
    name: { en: id, zh: id, ja: id },
    layout: 'dialogue',
    tokens: [],
    variants: [{ id: 'one', label: { en: 'One', zh: '一', ja: '一' }, values: {} }],
  },
  css,
  assets,
})

test('two changes of one theme at once have versions of their own', async () => {
  expect((await owner.api('POST', '/themes', theme('twice'))).status).toBe(201)
  const changes = await Promise.all(
    ['a', 'b', 'c'].map(name =>
      owner.json<{ theme: { version: number } }>('PUT', '/themes/twice', theme('twice', `.${name} {}`)),
    ),
  )
  expect(changes.map(change => change.theme.version).sort()).toEqual([2, 3, 4])
})

test('a theme that is deleted and made anew shows its new picture where browsers keep the old one', async () => {
  const css = '.sm-box { background: url("asset:back.png") }'
  const pictures = [PIXEL, `${PIXEL.slice(0, -4)}AAAA`]
  const addresses: (string | undefined)[] = []
  for (const picture of pictures) {
    expect((await owner.api('POST', '/themes', theme('again', css, { 'back.png': picture }))).status).toBe(
      201,
    )
    const answer = await fetch(`${server.url}/api/v1/themes/again/player`)
    addresses.push(/\/api\/v1\/themes\/again\/assets\/[^")\\]*/.exec(await answer.text())?.[0])
    expect((await owner.api('DELETE', '/themes/again')).status).toBe(204)
  }
  expect(addresses[0]).toBeDefined()
  expect(addresses[1]).toBeDefined()
  expect(addresses[0]).not.toBe(addresses[1])
})
