import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.dispose())

/** The smallest PNG there is: one transparent pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

async function call<Body>(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Body }> {
  const response = await server.api(method, path, body)
  return { status: response.status, body: (await response.json().catch(() => undefined)) as Body }
}

function upload(content: Buffer, token = server.token): Promise<Response> {
  return fetch(`${server.url}/api/v1/assets?name=a.png`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(content),
  })
}

interface Item {
  id: string
  name: string
  avatar: string
}

test('speakers are kept in the order that their owner gives them', async () => {
  const made: Item[] = []
  for (const name of ['Alice', 'Bob', '爱丽丝'])
    made.push((await call<{ speaker: Item }>('POST', '/speakers', { name, color: '#e5484d' })).body.speaker)
  const ids = [made[2]!.id, made[0]!.id, made[1]!.id]
  expect((await call('PUT', '/speakers/order', { ids })).status).toBe(204)
  const listed = await call<{ speakers: Item[] }>('GET', '/speakers')
  expect(listed.body.speakers.map(speaker => speaker.name)).toEqual(['爱丽丝', 'Alice', 'Bob'])
  expect((await call('PUT', '/speakers/order', { ids: ids.slice(1) })).status).toBe(409)

  const changed = await call<{ speaker: Item }>('PATCH', `/speakers/${made[1]!.id}`, { speed: 2 })
  expect(changed.body.speaker).toMatchObject({ name: 'Bob', color: '#e5484d', speed: 2 })
  expect((await call('DELETE', `/speakers/${made[1]!.id}`)).status).toBe(204)
  expect((await call('DELETE', `/speakers/${made[1]!.id}`)).status).toBe(404)
})

test('a wrong field is named and nothing is kept', async () => {
  const { status, body } = await call<{ msg: string }>('POST', '/speakers', { name: 'X', color: 'url(x)' })
  expect(status).toBe(400)
  expect(body.msg).toContain('color')
  const listed = await call<{ speakers: Item[] }>('GET', '/speakers')
  expect(listed.body.speakers.some(speaker => speaker.name === 'X')).toBe(false)
})

test('without a token nothing is listed or changed', async () => {
  for (const [method, path] of [
    ['GET', '/speakers'],
    ['POST', '/speakers'],
    ['GET', '/phrases/export'],
    ['POST', '/assets'],
  ] as const) {
    const response = await fetch(`${server.url}/api/v1${path}`, { method })
    expect(response.status, `${method} ${path}`).toBe(401)
  }
})

test('players hear how speakers look after hello, and of each change', async () => {
  const response = await fetch(`${server.url}/api/v1/rooms/lobby/events`)
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  async function hear(text: string): Promise<void> {
    while (!heard.includes(text)) {
      const { value, done } = await reader.read()
      if (done) throw new Error(`the stream ended before ${text}:\n${heard}`)
      heard += value
    }
  }
  await hear('"type":"speakers"')
  expect(heard.indexOf('"type":"hello"')).toBeLessThan(heard.indexOf('"type":"speakers"'))
  await call('POST', '/speakers', { name: 'Carol' })
  await hear('Carol')
  await reader.cancel()
})

test('a picture is stored once, served as what it is, and nothing else is taken', async () => {
  const first = (await (await upload(PIXEL)).json()) as { asset: { id: string; type: string } }
  const again = (await (await upload(PIXEL)).json()) as { asset: { id: string } }
  expect(again.asset.id).toBe(first.asset.id)
  expect(first.asset.type).toBe('image/png')

  const served = await fetch(`${server.url}/api/v1/assets/${first.asset.id}`)
  expect(served.headers.get('content-type')).toBe('image/png')
  expect(served.headers.get('content-security-policy')).toContain('sandbox')
  expect(Buffer.from(await served.arrayBuffer()).equals(PIXEL)).toBe(true)

  expect((await upload(Buffer.from('<svg onload="alert(1)"/>'))).status).toBe(415)
  expect((await upload(Buffer.alloc(9 * 1024 * 1024))).status).toBe(413)
})

test('a file of speakers brings its pictures along and replaces those of the same name', async () => {
  const { asset } = (await (await upload(PIXEL)).json()) as { asset: { id: string } }
  await call('POST', '/speakers', { name: 'Dora', avatar: asset.id })
  const { body: file } = await call<{ speakers: Item[]; assets: Record<string, string> }>(
    'GET',
    '/speakers/export',
  )
  expect(file.assets[asset.id]).toBe(`data:image/png;base64,${PIXEL.toString('base64')}`)

  await server.api('DELETE', `/assets/${asset.id}`)
  const imported = await call<{ added: number; changed: number }>('POST', '/speakers/import', file)
  expect(imported.body).toMatchObject({ added: 0, changed: file.speakers.length })
  const served = await fetch(`${server.url}/api/v1/assets/${asset.id}`)
  expect(served.status).toBe(200)
  await served.arrayBuffer()
})

test('a broken file, one of another kind and one of a newer program are refused whole', async () => {
  const before = await call('GET', '/phrases')
  const phrases = [{ text: 'kept?' }]
  for (const [file, status] of [
    ['{"kind":', 400],
    [{ kind: 'something/else', version: 1, phrases }, 400],
    [{ kind: 'streaming-message/phrases', version: 2, phrases }, 415],
    [{ kind: 'streaming-message/phrases', version: 1, phrases: [...phrases, { text: 7 }] }, 400],
  ] as const) {
    expect((await call('POST', '/phrases/import', file)).status, JSON.stringify(file)).toBe(status)
  }
  expect((await call('GET', '/phrases')).body).toEqual(before.body)

  const good = {
    kind: 'streaming-message/phrases',
    version: 1,
    phrases: [{ text: '晚上好' }, { text: 'hi' }],
  }
  expect((await call('POST', '/phrases/import', good)).body).toMatchObject({ added: 2 })
  expect((await call('POST', '/phrases/import', good)).body).toMatchObject({ added: 0 })
})

test('as many phrases as may be kept can be put in another order', async () => {
  const phrases = Array.from({ length: 1_200 }, (_, index) => ({ text: `${index}`, folder: 'many' }))
  const file = { kind: 'streaming-message/phrases', version: 1, phrases }
  expect((await call('POST', '/phrases/import', file)).body).toMatchObject({ added: 1_200 })
  type Listed = { phrases: { id: string }[] }
  const ids = (await call<Listed>('GET', '/phrases')).body.phrases.map(phrase => phrase.id)
  const moved = [ids.at(-1)!, ...ids.slice(0, -1)]
  expect((await call('PUT', '/phrases/order', { ids: moved })).status).toBe(204)
  expect((await call<Listed>('GET', '/phrases')).body.phrases.map(phrase => phrase.id)).toEqual(moved)
})

test('controllers are told when a list was changed, players are not', async () => {
  const open = (body: unknown) =>
    openTestStream(`${server.url}/api/v1/rooms/lobby/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const controller = await open({ role: 'controller', token: server.token })
  const player = await open({})
  await controller.waitFor(({ data }) => data.includes('"hello"'))
  await player.waitFor(({ data }) => data.includes('"hello"'))
  const kinds = () =>
    controller.events.map(({ data }) => JSON.parse(data)).filter(({ type }) => type === 'presets')

  await call('POST', '/phrases', { text: 'told to the other desk' })
  await controller.waitFor(({ data }) => data.includes('"presets"'))
  expect(kinds()).toEqual([{ type: 'presets', kind: 'phrases' }])
  await call('POST', '/speakers', { name: 'told to the other desk' })
  await controller.waitFor(({ data }) => data.includes('"kind":"speakers"'))
  // Players learn of the speaker's look, in an event of their own.
  await player.waitFor(({ data }) => data.includes('told to the other desk'))
  expect(player.events.filter(({ data }) => data.includes('"presets"'))).toEqual([])
  controller.close()
  player.close()
})
