import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Emote } from '../../src/shared/emote.ts'
import { newPerson, OWNER_ENV, type Person, signIn } from '../support/accounts.ts'
import { isMeta, openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
let owner: Person
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  owner = await signIn(server)
})
afterAll(() => server.dispose())

/** A transparent pixel; `mark` behind its end makes it another file. */
function png(mark: string): Buffer {
  return Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(mark),
  ])
}

function post(person: Person, query: Record<string, string>, content?: Buffer): Promise<Response> {
  return fetch(`${server.url}/api/v1/assets/emotes?${new URLSearchParams(query)}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${person.accessToken}`, 'Content-Type': 'application/octet-stream' },
    ...(content && { body: new Uint8Array(content) }),
  })
}

async function make(person: Person, name: string, content = png(name)): Promise<Emote> {
  const answer = await post(person, { name }, content)
  expect(answer.status).toBe(201)
  return ((await answer.json()) as { emote: Emote }).emote
}

const names = async (person: Person) =>
  (await person.json<{ emotes: Emote[] }>('GET', '/assets/emotes')).emotes.map(emote => emote.name)

const status = async (url: string) => {
  const answer = await fetch(server.url + url)
  await answer.arrayBuffer()
  return answer.status
}

test('is uploaded, renamed and deleted, and its picture goes with it', async () => {
  const made = await make(owner, '笑い_顔-1')
  expect(made).toMatchObject({ name: '笑い_顔-1', url: `/api/v1/assets/${made.asset}` })
  expect(await status(made.url)).toBe(200)

  const { emote } = await owner.json<{ emote: Emote }>('PATCH', `/assets/emotes/${made.id}`, {
    name: 'cats:Smile',
  })
  expect(emote).toEqual({ ...made, name: 'cats:Smile' })
  expect(await names(owner)).toContain('cats:Smile')

  expect((await owner.api('DELETE', `/assets/emotes/${made.id}`)).status).toBe(204)
  expect((await owner.api('DELETE', `/assets/emotes/${made.id}`)).status).toBe(404)
  expect(await names(owner)).not.toContain('cats:Smile')
  expect(await status(made.url)).toBe(404)
})

test('a name is taken once, however it is written', async () => {
  const wave = await make(owner, 'wave')
  const other = await make(owner, 'other')
  expect((await post(owner, { name: 'WAVE' }, png('x'))).status).toBe(409)
  expect((await owner.api('PATCH', `/assets/emotes/${other.id}`, { name: 'Wave' })).status).toBe(409)
  // Its own name in other letters is no conflict.
  expect((await owner.api('PATCH', `/assets/emotes/${wave.id}`, { name: 'Wave' })).status).toBe(200)
  for (const name of ['', 'a b', 'a:b:c', ':a:', 'a/b', '<b>', 'x'.repeat(65)])
    expect((await post(owner, { name }, png('x'))).status, name).toBe(400)
})

test('takes small pictures only, by what they are', async () => {
  expect((await post(owner, { name: 'svg' }, Buffer.from('<svg onload="alert(1)"/>'))).status).toBe(415)
  expect(
    (await post(owner, { name: 'big' }, Buffer.concat([png(''), Buffer.alloc(1024 * 1024)]))).status,
  ).toBe(413)
  expect((await post(owner, { name: 'none', asset: 'f'.repeat(40) })).status).toBe(404)
})

test('may name a picture that is there, which stays when the emote goes, and goes with it when it goes', async () => {
  const upload = await fetch(`${server.url}/api/v1/assets?name=a.png`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${owner.accessToken}` },
    body: new Uint8Array(png('kept')),
  })
  const { asset } = (await upload.json()) as { asset: { id: string } }
  const { emote } = (await (await post(owner, { name: 'kept', asset: asset.id })).json()) as { emote: Emote }
  await owner.api('DELETE', `/assets/emotes/${emote.id}`)
  expect(await status(emote.url)).toBe(200)

  await post(owner, { name: 'kept', asset: asset.id })
  expect((await owner.api('DELETE', `/assets/${asset.id}`)).status).toBe(204)
  expect(await names(owner)).not.toContain('kept')
})

test('a picture that two emotes or a speaker show outlives one of them', async () => {
  const first = await make(owner, 'twin1', png('twin'))
  const second = await make(owner, 'twin2', png('twin'))
  expect(second.asset).toBe(first.asset)
  await owner.api('DELETE', `/assets/emotes/${first.id}`)
  expect(await status(second.url)).toBe(200)
  await owner.json('POST', '/speakers', { name: 'Twin', avatar: second.asset })
  await owner.api('DELETE', `/assets/emotes/${second.id}`)
  expect(await status(second.url)).toBe(200)
})

test('players get the room owner’s emotes with hello and at each change, then those of the server’s owner', async () => {
  const aki = await newPerson(server, owner, 'aki')
  await aki.json('POST', '/rooms', { id: 'akiroom' })
  const common = await make(owner, 'shared', png('shared of the owner'))
  const replaced = await make(owner, 'Both', png('both of the owner'))
  const own = await make(aki, 'both', png('both of aki'))

  const stream = await openTestStream(`${server.url}/api/v1/rooms/akiroom/events`)
  const hello = JSON.parse((await stream.waitFor(isMeta('hello'))).data) as { emotes: Emote[] }
  expect(hello.emotes).toContainEqual({ name: 'shared', url: common.url })
  expect(hello.emotes).toContainEqual({ name: 'both', url: own.url })
  expect(hello.emotes).not.toContainEqual({ name: 'Both', url: replaced.url })
  const fresh = await make(aki, 'fresh')
  const told = JSON.parse((await stream.waitFor(isMeta('emotes'))).data) as { emotes: Emote[] }
  expect(told.emotes).toContainEqual({ name: 'fresh', url: fresh.url })
  stream.close()

  // One cannot touch what is another's.
  expect((await aki.api('DELETE', `/assets/emotes/${common.id}`)).status).toBe(404)
  expect((await aki.api('PATCH', `/assets/emotes/${common.id}`, { name: 'mine' })).status).toBe(404)
  expect((await post(aki, { name: 'mine', asset: common.asset })).status).toBe(404)
})

test('a picture that two people have is each one’s own: one’s deleting it is not the other’s loss', async () => {
  const botan = await newPerson(server, owner, 'botan')
  const mine = await make(botan, 'same', png('same'))
  const theirs = await make(owner, 'same', png('same'))
  expect(theirs.asset).toBe(mine.asset)
  await botan.api('DELETE', `/assets/emotes/${mine.id}`)
  expect(await status(theirs.url)).toBe(200)
})
