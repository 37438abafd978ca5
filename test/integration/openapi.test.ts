import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { OWNER, OWNER_ENV, type Person, personOf, post } from '../support/accounts.ts'
import { openTestStream } from '../support/events.ts'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Schema {
  description?: string
  properties?: Record<string, Schema>
  [key: string]: unknown
}
interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean; description?: string }[]
  requestBody?: { required: boolean; content: Record<string, { schema: Schema; example?: unknown }> }
  responses: Record<string, { content?: Record<string, { schema: Schema; example?: { code: number } }> }>
  security?: unknown[]
}
interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

let server: TestServer
let description: Description
beforeAll(async () => {
  server = await startTestServer({ env: OWNER_ENV })
  const answer = await fetch(`${server.url}/openapi.json`)
  expect(answer.headers.get('content-encoding')).toBe('gzip')
  description = await answer.json()
})
afterAll(() => server.dispose())

const operations = () =>
  Object.entries(description.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

test('the description is valid OpenAPI 3.1', async () => {
  expect(description.openapi).toBe('3.1.0')
  const result = await new Validator().validate({ ...structuredClone(description) })
  expect(result).toMatchObject({ valid: true })
})

test('every operation has a name of its own and describes each part of its path', () => {
  const ids = operations().map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { path, operation } of operations()) {
    const inPath = operation.parameters
      .filter(parameter => parameter.in === 'path')
      .map(parameter => parameter.name)
    expect(inPath).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(match => match[1]))
  }
})

test('what the design promises is there', () => {
  const paths = Object.keys(description.paths)
  for (const path of [
    '/api/v1/send/{speaker}',
    '/api/v1/send',
    '/api/v1/events',
    '/api/v1/rooms',
    '/api/v1/rooms/{room}',
    '/api/v1/rooms/{room}/messages',
    '/api/v1/rooms/{room}/messages/{id}',
    '/api/v1/rooms/{room}/stream',
    '/api/v1/rooms/{room}/control',
    '/api/v1/rooms/{room}/events',
    '/api/v1/rooms/{room}/subscribers',
    '/api/v1/rooms/{room}/subscribers/{id}',
    '/healthz',
    '/readyz',
  ]) {
    expect(paths).toContain(path)
  }
})

test('every JSON success has an example, of its own status and without numbers that nobody sends', () => {
  let count = 0
  for (const { path, method, operation } of operations())
    for (const [status, { content }] of Object.entries(operation.responses)) {
      const json = content?.['application/json']
      // The description does not describe itself.
      if (!status.startsWith('2') || !json || path === '/openapi.json') continue
      const where = `${method} ${path}`
      expect(json.example, where).toBeDefined()
      if (json.schema.properties?.code) expect(json.example?.code, where).toBe(Number(status))
      expect(JSON.stringify(json.example), where).not.toMatch(/\d{16}/)
      count++
    }
  expect(count).toBeGreaterThan(50)
})

test('every operation that needs a credential answers 401 without one, as described', async () => {
  const guarded = operations().filter(
    ({ operation }) => JSON.stringify(operation.security) === '[{"token":[]}]',
  )
  expect(guarded.length).toBeGreaterThan(8)
  for (const { path, method, operation } of guarded) {
    // 429 where an address has guessed tokens too often.
    expect(Object.keys(operation.responses), path).toEqual(expect.arrayContaining(['401', '429']))
    const response = await fetch(server.url + path.replace(/\{\w+\}/g, 'lobby'), {
      method: method.toUpperCase(),
    })
    expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 401`)
  }
})

test('a refusal for want of room is described, and what any call may answer', async () => {
  const small = await startTestServer({ env: { MAX_STREAMS: '1' } })
  const first = await openTestStream(`${small.url}/api/v1/rooms/lobby/events`)
  const pages = [{ page: 'a', room: 'lobby' }]
  for (const [method, path, body] of [
    ['get', '/api/v1/events'],
    ['get', '/api/v1/rooms/{room}/events'],
    ['post', '/api/v1/rooms/{room}/events', {}],
    ['post', '/api/v1/streams', { pages }],
  ] as const) {
    const response = await fetch(small.url + path.replace('{room}', 'lobby'), {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
    })
    expect(response.status, path).toBe(429)
    expect(Object.keys(description.paths[path]![method]!.responses), path).toContain('429')
  }
  first.close()
  await small.dispose()
  for (const { path, operation } of operations()) {
    expect(operation.responses.default, path).toMatchObject({
      description: expect.stringContaining('wrong-host (403)'),
    })
  }
})

test('each refusal has an example with its own status', () => {
  const refusals = operations().flatMap(({ operation }) =>
    Object.entries(operation.responses).filter(([status]) => status >= '400' && status !== 'default'),
  )
  expect(refusals.length).toBeGreaterThan(300)
  for (const [status, { content }] of refusals) {
    expect(String(content!['application/json']!.example!.code)).toBe(status)
  }
})

/** The properties of a schema at any depth, by their path, that say nothing of what they mean. */
function unexplained(schema: unknown, path: string): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  if (Array.isArray(schema)) return schema.flatMap(one => unexplained(one, path))
  const { properties = {}, items, anyOf, oneOf, allOf, additionalProperties } = schema as Schema
  return [
    ...Object.entries(properties).flatMap(([name, property]) => [
      ...(property.description ? [] : [`${path}.${name}`]),
      ...unexplained(property, `${path}.${name}`),
    ]),
    ...[items, anyOf, oneOf, allOf, additionalProperties].flatMap(part => unexplained(part, path)),
  ]
}

test('every parameter and every field says what it means', () => {
  const missing = operations().flatMap(({ path, method, operation }) => [
    ...operation.parameters.filter(one => !one.description).map(one => `${method} ${path} ?${one.name}`),
    ...[operation.requestBody, ...Object.values(operation.responses)].flatMap(part =>
      Object.values(part?.content ?? {}).flatMap(({ schema }) => unexplained(schema, `${method} ${path}`)),
    ),
  ])
  expect(missing).toEqual([])
})

describe('what the server answers is what is described', () => {
  let owner: Person
  beforeAll(async () => {
    owner = await personOf(server, await post(server, '/auth/login', OWNER))
    const watching = await openTestStream(`${server.url}/api/v1/rooms/lobby/events`)
    return () => watching.close()
  })

  /** Where nothing but this description is told: the document itself. */
  const OPEN = ['/openapi.json']

  /** Calls an operation; @returns the answer, once it has passed the schema that is described for it. */
  async function call(
    method: string,
    path: string,
    body?: unknown,
    at = path,
  ): Promise<Record<string, unknown>> {
    const response = await owner.api(method, at.replace('/api/v1', ''), body)
    const operation = description.paths[path]![method.toLowerCase()]!
    const described = operation.responses[response.status]
    expect(Object.keys(operation.responses), await response.clone().text()).toContain(String(response.status))
    expect(response.ok, await response.clone().text()).toBe(true)
    if (response.status === 204) return {}
    const answer = await response.json()
    const schema = described!.content!['application/json']!.schema
    const result = z.fromJSONSchema(schema as never).safeParse(answer)
    expect(result.error?.issues ?? [], `${method} ${path} ${JSON.stringify(answer)}`).toEqual([])
    return answer
  }

  test('every answer in JSON has a schema', () => {
    const bare = operations().flatMap(({ path, operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => status < '300')
        .flatMap(([, { content }]) => Object.entries(content ?? {}))
        .filter(([type, { schema }]) => type === 'application/json' && !schema.properties && !schema.allOf)
        .map(() => path),
    )
    expect(bare).toEqual(OPEN)
  })

  test('messages', async () => {
    const room = '/api/v1/rooms/{room}'
    const lobby = (rest: string) => `/api/v1/rooms/lobby${rest}`
    await call('POST', `${room}/messages`, { speaker: '小明', data: { message: 'a' } }, lobby('/messages'))
    await call('POST', `${room}/messages`, { data: { message: ['b', [{ text: 'c' }]] } }, lobby('/messages'))
    await call('GET', `${room}/messages`, undefined, lobby('/messages?limit=1'))
    await call('GET', `${room}/backlog`, undefined, lobby('/backlog'))
    await call('POST', `${room}/control`, { action: 'next' }, lobby('/control'))
    await call('POST', `${room}/typing`, { speaker: 'a', text: 'b' }, lobby('/typing'))
    await call('POST', '/api/v1/send', { speaker: 'a', data: { message: 'b' } })
    await call('GET', '/api/v1/send/{speaker}', undefined, '/api/v1/send/otto?msg=go')
    await call('GET', `${room}/subscribers`, undefined, lobby('/subscribers'))
  })

  test('rooms and whom they are shared with', async () => {
    await call('POST', '/api/v1/rooms', { id: 'stage2' })
    await call('GET', '/api/v1/rooms')
    await call('GET', '/api/v1/rooms/{room}', undefined, '/api/v1/rooms/stage2')
    const settings = { look: { theme: 'glass', tokens: { 'text-size': '44' } } }
    await call('PATCH', '/api/v1/rooms/{room}', { settings, watchKey: 'sesame' }, '/api/v1/rooms/stage2')
    await call('POST', '/api/v1/users', { username: 'helper', password: 'a long password' })
    const moderators = '/api/v1/rooms/{room}/moderators'
    await call('POST', moderators, { username: 'helper' }, '/api/v1/rooms/stage2/moderators')
    await call('GET', moderators, undefined, '/api/v1/rooms/stage2/moderators')
  })

  test('speakers, phrases, themes', async () => {
    const speaker = { name: '夏目', color: '#c2486e' }
    const made = (await call('POST', '/api/v1/speakers', speaker)) as { speaker: { id: string } }
    await call('PATCH', '/api/v1/speakers/{id}', { speed: 2 }, `/api/v1/speakers/${made.speaker.id}`)
    await call('GET', '/api/v1/speakers')
    const file = await call('GET', '/api/v1/speakers/export')
    await call('POST', '/api/v1/speakers/import', file)
    await call('POST', '/api/v1/phrases', { text: '来了' })
    await call('GET', '/api/v1/phrases')
    await call('POST', '/api/v1/phrases/import', await call('GET', '/api/v1/phrases/export'))
    await call('GET', '/api/v1/themes')
    await call('GET', '/api/v1/themes/{id}', undefined, '/api/v1/themes/novel')
    const theme = await call('GET', '/api/v1/themes/{id}/export', undefined, '/api/v1/themes/novel/export')
    const stored = (await call('POST', '/api/v1/themes/import', theme)) as never as {
      theme: { manifest: { id: string } }
    }
    await call(
      'GET',
      '/api/v1/themes/{id}/player',
      undefined,
      `/api/v1/themes/${stored.theme.manifest.id}/player`,
    )
    await call('GET', '/api/v1/assets')
    await call('GET', '/api/v1/assets/emotes')
  })

  test('accounts, tokens, the server', async () => {
    await call('POST', '/api/v1/auth/login', OWNER)
    await call('GET', '/api/v1/auth/me')
    await call('GET', '/api/v1/auth/logins')
    await call('GET', '/api/v1/users')
    await call('POST', '/api/v1/tokens', { name: 'bot', scopes: ['publish'] })
    await call('GET', '/api/v1/tokens')
    await call('GET', '/api/v1/audit')
    await call('POST', '/api/v1/webhooks', { url: 'https://example.org/hook' })
    await call('GET', '/api/v1/webhooks')
    await call('GET', '/api/v1/server')
    await call('GET', '/api/v1/server/addresses')
  })
})

test('a body that is no JSON is described by its types, with a text to try or as a file', () => {
  const others = operations().flatMap(({ method, path, operation }) =>
    Object.entries(operation.requestBody?.content ?? {})
      .filter(([type]) => type !== 'application/json')
      .map(([type, { schema, example }]) => [
        `${method} ${path}`,
        type,
        schema.format === 'binary' ? 'file' : typeof example,
      ]),
  )
  const pictures = ['png', 'jpeg', 'gif', 'webp', 'avif'].map(kind => `image/${kind}`)
  expect(others).toEqual([
    ...['text/plain', 'application/x-ndjson', 'text/event-stream'].map(type => [
      'post /api/v1/rooms/{room}/stream',
      type,
      'string',
    ]),
    ...['post /api/v1/assets/emotes', 'post /api/v1/assets'].flatMap(route =>
      pictures.map(type => [route, type, 'file']),
    ),
    ['post /api/v1/backup', 'application/gzip', 'file'],
  ])
  const isNeeded = (path: string) => description.paths[path]!.post!.requestBody!.required
  expect(isNeeded('/api/v1/assets')).toBe(true)
  expect(isNeeded('/api/v1/assets/emotes'), 'a picture that is there already may be named').toBe(false)
})

test('each example of a text that is being written is read as it says', async () => {
  const { content } = description.paths['/api/v1/rooms/{room}/stream']!.post!.requestBody!
  for (const [type, { example }] of Object.entries(content)) {
    const answer = await server.api('POST', '/rooms/lobby/stream', example, { 'Content-Type': type })
    const { message } = (await answer.json()) as { message: { data: { message: string } } }
    expect(message.data.message, type).toBe('冲！冲刺！')
  }
})

test('header fields that a program may send are described', () => {
  const headers = operations().flatMap(({ method, path, operation }) =>
    operation.parameters.filter(one => one.in === 'header').map(({ name }) => `${method} ${path} ${name}`),
  )
  expect(headers.sort()).toEqual([
    'get /api/v1/events Last-Event-ID',
    'get /api/v1/rooms/{room}/events Last-Event-ID',
    'get /events Last-Event-ID',
    'get /events X-SSE-Device',
    'get /events X-SSE-ID',
    'get /events X-SSE-Token',
    'post /api/v1/events Last-Event-ID',
    'post /api/v1/rooms/{room}/events Last-Event-ID',
    'post /api/v1/rooms/{room}/messages Idempotency-Key',
    'post /events Last-Event-ID',
    'post /events X-SSE-Device',
    'post /events X-SSE-ID',
    'post /events X-SSE-Token',
  ])
})

test('every body in JSON has an example to send, which its schema takes', () => {
  const bodies = operations().filter(({ operation }) => operation.requestBody?.content['application/json'])
  const wrong = bodies.flatMap(({ method, path, operation }) => {
    const { schema, example } = operation.requestBody!.content['application/json']!
    // A pattern of JSON Schema has the flag u; zod's, made from it, has not.
    const plain = JSON.stringify(schema, (key, value) =>
      key === 'pattern' && String(value).includes('\\p{') ? undefined : value,
    )
    const result = z.fromJSONSchema(JSON.parse(plain)).safeParse(example)
    return result.success
      ? []
      : [`${method} ${path} ${JSON.stringify(example)} ${result.error.issues[0]!.message}`]
  })
  expect(wrong).toEqual([])
  const publish = description.paths['/api/v1/rooms/{room}/messages']!.post!.requestBody!
  expect(publish.content['application/json']!.example).toEqual({
    speaker: '小明',
    data: { message: '[b]冲！[/b]冲刺！' },
  })
})
