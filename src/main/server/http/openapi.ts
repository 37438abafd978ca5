import { z } from 'zod'
import { ERROR_STATUS, type ErrorCode } from '../../../shared/errors.ts'
import { fieldExample, fieldWord } from './field-words.ts'
import { defineRoute, type RawBody, type Route } from './route.ts'
import { sendCompressed } from './send-compressed.ts'

type JsonObject = Record<string, unknown>

/** @returns the envelope's description, with an example of this reason. */
function errorContent(code: ErrorCode): JsonObject {
  const example = {
    success: false,
    code: ERROR_STATUS[code],
    error: code,
    msg: 'what was wrong, and what to do',
  }
  return { 'application/json': { schema: { $ref: '#/components/schemas/Error' }, example } }
}

/** What no route names, because each may answer it: the checks before all routes, and a server in need. */
const ANY_ROUTE: ErrorCode[] = ['wrong-host', 'wrong-origin', 'internal', 'unavailable', 'storage-full']
const ANY_ROUTE_WORDS = `What any call may answer: ${ANY_ROUTE.map(code => `${code} (${ERROR_STATUS[code]})`).join(', ')}`

/** @returns the OpenAPI 3.1 description of the routes, made from their zod schemas. */
function describeApi(routes: readonly Route[], version: string): JsonObject {
  const paths: Record<string, JsonObject> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] ??= {}
    paths[path][route.method] = describeRoute(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Streaming Message',
      version,
      description:
        'Puts a line on the screen of a streamer’s players over Server-Sent Events.\n\nTo try it here: **Authorize** with a token (in the controller: Settings → Tokens, or Live → Player and token; a headless start prints one), then open a call and press **Try it out**.\n\nErrors come as `{success: false, code, error, msg}`; `code` equals the HTTP status.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This server' }],
    tags: [...new Set(routes.map(route => route.tag))].map(name => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API token, or the access token of a login.',
        },
      },
      schemas: {
        Error: {
          type: 'object',
          required: ['success', 'code', 'error', 'msg'],
          properties: {
            success: { const: false },
            code: { type: 'integer', description: 'The HTTP status.' },
            error: { enum: Object.keys(ERROR_STATUS) },
            msg: { type: 'string', description: 'What was wrong, and what to do.' },
            details: {
              description:
                'Which fields, where that helps: `path`, `message`, and `reason` with its `limit` for programs.',
            },
          },
        },
      },
    },
  }
}

function describeRoute(route: Route): JsonObject {
  const { access } = route
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    description: describeAccess(route),
    ...(access.kind === 'public'
      ? { security: [] }
      : access.kind === 'own'
        ? { security: [{}, { token: [] }] }
        : { security: [{ token: [] }] }),
    parameters: [...parameters(route, 'path'), ...parameters(route, 'query'), ...headerParameters(route)],
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': describeBody(toJsonSchema(route.body, route.tag), route.tag) },
          },
        }
      : route.rawBody
        ? { requestBody: describeRawBody(route.rawBody) }
        : {}),
    responses: describeResponses(route),
  }
}

function describeAccess({ access, path }: Route): string {
  if (access.kind === 'public') return 'Open to everybody.'
  if (access.kind === 'own') return access.description
  if (access.kind === 'credential') return 'Needs any valid credential.'
  if (access.kind === 'user')
    return access.role ? `For a signed-in ${access.role}.` : 'For anybody who is signed in.'
  if (access.scope === 'moderate')
    return 'Needs a credential that may manage, of somebody who owns the room or whom it is shared with.'
  return path.includes(':room')
    ? `Needs a credential that may ${access.scope} in the room.`
    : `Needs a credential that may ${access.scope}.`
}

function describeResponses(route: Route): JsonObject {
  const { success } = route
  const type = success.contentType ?? 'application/json'
  const described = success.schema
    ? describeAnswer(toJsonSchema(success.schema, route.tag, 'output'), success.status, route.tag)
    : { schema: { type: type === 'application/json' ? 'object' : 'string' } }
  const responses: Record<string, JsonObject> = {
    [success.status]: {
      description: success.description,
      ...(success.status === 204 ? {} : { content: { [type]: described } }),
    },
  }
  for (const code of errorsOf(route)) {
    const status = String(ERROR_STATUS[code])
    const before = responses[status]
    responses[status] = before
      ? { ...before, description: `${before.description}, ${code}` }
      : { description: code, content: errorContent(code) }
  }
  return { ...responses, default: { description: ANY_ROUTE_WORDS, content: errorContent('internal') } }
}

/** An answer with an example of it, whose envelope repeats the status. */
function describeAnswer(schema: JsonObject, status: number, tag: string): JsonObject {
  const { code, msg } = (schema.properties ?? {}) as Record<string, JsonObject>
  if (code) code.const = status
  if (msg) msg.examples = ['ok']
  return { schema, example: exampleOf(schema, { name: '', parent: '', tag, answered: true }) }
}

/** What a route may answer beside what it names itself: what its door refuses. */
function errorsOf({ access, params, query, body, errors = [] }: Route): Set<ErrorCode> {
  const all = new Set(errors)
  // An address that has guessed too often is not asked for its token any more.
  const needsCredential = access.kind !== 'public' && access.kind !== 'own'
  if (needsCredential) all.add('unauthenticated').add('token-expired').add('too-many-requests')
  if (access.kind === 'scope' || access.kind === 'user') all.add('forbidden')
  if (params || query || body) all.add('invalid-input')
  if (body) all.add('bad-json').add('too-large').add('unsupported-type')
  return all
}

function parameters({ params, query, path, tag }: Route, where: 'path' | 'query'): JsonObject[] {
  const schema = where === 'path' ? params : query
  const described = schema ? toJsonSchema(schema, tag) : {}
  const properties = (described.properties ?? {}) as Record<string, JsonObject>
  const required = new Set((described.required ?? []) as string[])
  const names =
    where === 'path' ? [...path.matchAll(/:(\w+)/g)].map(match => match[1]!) : Object.keys(properties)
  return names.map(name => {
    const { description = fieldWord(name, '', tag), ...rest } = properties[name] ?? { type: 'string' }
    return { name, in: where, required: where === 'path' || required.has(name), description, schema: rest }
  })
}

function headerParameters({ headers = {} }: Route): JsonObject[] {
  return Object.entries(headers).map(([name, description]) => ({
    name,
    in: 'header',
    required: false,
    description,
    schema: { type: 'string' },
  }))
}

function describeRawBody({ description, types, required = true }: RawBody): JsonObject {
  const content = Object.entries(types).map(([type, kind]) => [
    type,
    kind === 'file'
      ? { schema: { type: 'string', format: 'binary' } }
      : { schema: { type: 'string' }, example: kind.example },
  ])
  return { description, required, content: Object.fromEntries(content) }
}

function toJsonSchema(schema: z.ZodType, tag: string, io: 'input' | 'output' = 'input'): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
  explain(rest, '', tag)
  return rest
}

/** A body with an example to send: without one, a page to try the API makes it up of all fields. */
function describeBody(schema: JsonObject, tag: string): JsonObject {
  return { schema, example: exampleOf(schema, { name: '', parent: '', tag, answered: false }) }
}

/** Epoch milliseconds of an example. */
const SOME_TIME = 1_764_547_200_000

/** Where in a body an example stands. */
interface Place {
  name: string
  parent: string
  tag: string
  /** What a server answers has something in each list; what a client sends has as little as it may. */
  answered: boolean
}

/** @returns a value that the schema takes, with what must be in it and what we have an example of. */
function exampleOf(schema: JsonObject, place: Place): unknown {
  const { name, parent, tag, answered } = place
  if (schema.const !== undefined) return schema.const
  if (Array.isArray(schema.examples)) return schema.examples[0]
  const known = name === '' ? undefined : fieldExample(name, parent, tag)
  if (known !== undefined && isOfType(known, schema.type)) return known
  if (Array.isArray(schema.enum)) return schema.enum[0]
  const choices = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as JsonObject[] | undefined
  if (choices) return exampleOf(choices[0]!, place)
  if (schema.type === 'object') {
    const required = (schema.required ?? []) as string[]
    const parts = Object.entries((schema.properties ?? {}) as Record<string, JsonObject>).flatMap(
      ([key, property]) => {
        const value = exampleOf(property, { ...place, name: key, parent: name })
        const isNeeded = required.includes(key) && property.default === undefined
        const isKnown = fieldExample(key, name, tag) !== undefined
        const hasParts = property.type === 'object' && Object.keys(value as object).length > 0
        return isNeeded || isKnown || hasParts ? [[key, value] as const] : []
      },
    )
    return Object.fromEntries(parts)
  }
  if (schema.type === 'array') {
    const least = answered ? 1 : 0
    return Number(schema.minItems ?? least) > 0 ? [exampleOf(schema.items as JsonObject, place)] : []
  }
  if (schema.type === 'boolean') return true
  if (answered && /^(time|since|\w+At)$/.test(name)) return SOME_TIME
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, Number(schema.minimum ?? 0))
  return schema.type === 'string' ? (answered ? '…' : '') : null
}

/** @param type of a JSON schema, or several; absent where it is a choice */
function isOfType(value: unknown, type: unknown): boolean {
  if (Array.isArray(type)) return type.some(one => isOfType(value, one))
  if (type === undefined) return typeof value !== 'object'
  if (type === 'array') return Array.isArray(value)
  return type === 'integer' ? typeof value === 'number' : typeof value === type
}

/** Gives each property of a schema, at any depth, the words that it does not bring itself. */
function explain(schema: unknown, parent: string, tag: string): void {
  if (Array.isArray(schema)) for (const one of schema) explain(one, parent, tag)
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return
  const { properties, items, anyOf, oneOf, allOf, additionalProperties } = schema as JsonObject
  for (const [name, property] of Object.entries((properties ?? {}) as Record<string, JsonObject>)) {
    const word = fieldWord(name, parent, tag)
    if (word !== undefined) property.description ??= word
    explain(property, name, tag)
  }
  for (const part of [items, anyOf, oneOf, allOf, additionalProperties]) explain(part, parent, tag)
}

/** `postRoomsByRoomMessages`: stable, so that generated clients keep their names. */
function operationId({ method, path, tag }: Route): string {
  // The broker's /send is not the API's: what lies outside /api is named by its tag too.
  const inApi = path.startsWith('/api/v1/')
  const words = `${inApi ? '' : tag}${path.replace(/^\/api\/v1/, '')}`
    .split('/')
    .filter(Boolean)
    .map(word => (word.startsWith(':') ? `by-${word.slice(1)}` : word))
    .join('-')
  return `${method}-${words}`.replace(/[-.]+(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** `/openapi.json`. @param routes read when asked, so that a list that is still growing is described whole. */
export function openApiRoute(routes: () => readonly Route[], version: string): Route {
  let description: string | undefined
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    summary: 'This description',
    tag: 'status',
    access: { kind: 'public' },
    success: { status: 200, description: 'OpenAPI 3.1.' },
    async handle({ req, res }) {
      description ??= JSON.stringify(describeApi(routes(), version))
      // Half a megabyte, a tenth of it compressed.
      await sendCompressed(req, res.type('json'), description)
      return undefined
    },
  })
}
