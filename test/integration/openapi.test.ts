import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'

interface Operation {
  operationId: string
  parameters: { name: string; in: string; required: boolean }[]
  responses: Record<string, unknown>
  security?: unknown[]
}
interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}

let server: TestServer
let description: Description
beforeAll(async () => {
  server = await startTestServer()
  description = await (await fetch(`${server.url}/openapi.json`)).json()
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

test('every operation that needs a credential answers 401 without one, as described', async () => {
  const guarded = operations().filter(
    ({ operation }) => JSON.stringify(operation.security) === '[{"token":[]}]',
  )
  expect(guarded.length).toBeGreaterThan(8)
  for (const { path, method } of guarded) {
    const response = await fetch(server.url + path.replace(/\{\w+\}/g, 'lobby'), {
      method: method.toUpperCase(),
    })
    expect(`${method} ${path} ${response.status}`).toBe(`${method} ${path} 401`)
  }
})
