import type { Request } from 'express'
import { z } from 'zod'
import { ApiError } from '../errors.ts'
import { defineRoute, type Reply, type Route } from '../http/route.ts'
import type { Admit } from './access.ts'
import type { Devices } from './devices.ts'
import type { Info } from './info.ts'
import type { DeviceTokens } from './token.ts'

export interface BrokerRouteParts {
  admit: Admit
  devices: Devices
  info: Info
  tokens: DeviceTokens
  /** Seconds that a token lasts where the caller does not say. */
  tokenTtl: number
}

/** A number in JSON counts as its digits. Line breaks would not survive as a header or an event's name. */
const text = (max: number) =>
  z
    .union([z.string(), z.number().transform(String)])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
    .refine(value => value.length <= max && /^[^\u0000-\u001f\u007f]*$/.test(value), {
      message: `must have at most ${max} characters, and no control characters`,
    })
const name = text(200).default('')
const list = text(100_000)
  .default('')
  .transform(value => [...new Set(value.split(',').map(one => one.trim()))].filter(one => one !== ''))
const token = z.string().max(4096).optional()

const tokenInput = z.object({
  uid: name.refine(value => value !== '', { message: 'is missing' }),
  device: name,
  /** Seconds. */
  ttl: z.coerce.number().int().min(1).max(31_536_000).optional(),
  token,
})
const sendInput = z.object({
  data: z.string().min(1, 'must not be empty').max(200_000),
  event: text(200).default(''),
  uid: list,
  device: list,
  token,
})
const kickInput = z
  .object({ uid: list, device: list, data: z.string().max(10_000).default(''), token })
  .refine(({ uid, device }) => uid.length + device.length > 0, { message: 'name a uid or a device' })
const infoInput = z.object({ device: name, uid: name, address: name, ip: name, token })
/** go-sse-broker's envelope. */
const brokerAnswer = z.object({ code: z.int(), msg: z.string(), micro: z.int(), result: z.unknown() })
const eventsInput = z.object({
  token,
  device: text(200).optional(),
  id: z.union([z.string().max(32), z.number()]).optional(),
})

/** go-sse-broker's API: the same calls by GET and POST, the same envelope. */
export function brokerRoutes(parts: BrokerRouteParts): Route[] {
  const { admit, devices, info, tokens, tokenTtl } = parts

  /** Both methods of a management call. */
  function call<Input extends { token?: string | undefined }>(options: {
    path: string
    summary: string
    scope: 'publish' | 'read' | 'manage'
    input: z.ZodType<Input>
    result: string
    run(input: Input): Promise<unknown>
  }): Route[] {
    const { path, summary, scope, input, result, run } = options
    return (['get', 'post'] as const).map(method =>
      defineRoute({
        method,
        path,
        summary,
        tag: 'broker',
        access: {
          kind: 'own',
          description: `A token of the owner or an administrator that may ${scope}, as a bearer token or as \`token\`; none from this machine where BROKER_OPEN_ON_LOOPBACK is set.`,
        },
        ...(method === 'get' ? { query: input } : { body: input, forms: true }),
        success: {
          status: 200,
          description: `\`{code, msg, micro, result}\`: \`code\` 1 and the result (${result}), or an HTTP-like code.`,
          schema: brokerAnswer,
        },
        errors: ['unauthenticated', 'token-expired', 'too-many-requests', 'forbidden', 'method-not-allowed'],
        refuse,
        async handle({ req, query, body }) {
          const began = performance.now()
          const values = (method === 'get' ? query : body) as Input
          await admit(req, values.token, scope)
          return success(await run(values), performance.now() - began)
        },
      }),
    )
  }

  const events = (method: 'get' | 'post'): Route =>
    defineRoute({
      method,
      path: '/events',
      summary: 'Listen as a device of a user',
      tag: 'broker',
      access: {
        kind: 'own',
        description: 'A device’s token of `/token`, as `token` or in the header X-SSE-Token.',
      },
      ...(method === 'get' ? { query: eventsInput } : { body: eventsInput, forms: true }),
      headers: {
        'X-SSE-Token': 'As `token`, which goes before it.',
        'X-SSE-Device': 'As `device`, which goes before it; percent-encoded.',
        'X-SSE-ID': 'As `id`; the newest that is given counts.',
        'Last-Event-ID': 'As `id`; the newest that is given counts. An EventSource sends it by itself.',
      },
      success: {
        status: 200,
        description:
          'An event stream: `sys_connected`, the frames after `id` (or X-SSE-ID, or Last-Event-ID), then live.',
        contentType: 'text/event-stream',
      },
      errors: ['unauthenticated', 'conflict'],
      refuse,
      async handle({ req, res, query, body }) {
        const input = (method === 'get' ? query : body) as z.output<typeof eventsInput>
        const given = input.token ?? header(req, 'x-sse-token')
        const device = input.device ?? decodeHeader(header(req, 'x-sse-device')) ?? ''
        const claims = given ? await tokens.verify(given) : null
        if (!claims) throw new ApiError('unauthenticated', 'the device’s token is missing, expired or forged')
        if (device === '') throw new ApiError('unauthenticated', 'the device’s name is missing')
        if (claims.deviceName !== '' && claims.deviceName !== device) {
          throw new ApiError('unauthenticated', 'the token is bound to another device')
        }
        const after = newestId(input.id, header(req, 'x-sse-id'), header(req, 'last-event-id'))
        await devices.open(req, res, { uid: claims.uid, name: device, after })
        return undefined
      },
    })

  return [
    ...call({
      path: '/token',
      summary: 'Make a token for a user’s device',
      scope: 'manage',
      input: tokenInput,
      result: 'a JWT',
      run: ({ uid, device, ttl }) => tokens.sign({ uid, deviceName: device }, ttl ?? tokenTtl),
    }),
    ...call({
      path: '/send',
      summary: 'Send to users, devices, or everybody',
      scope: 'publish',
      input: sendInput,
      result: 'the number of devices that it was sent to',
      run: ({ uid, device, event, data }) =>
        devices.send({ uids: uid, devices: device }, event === '' ? null : event, data),
    }),
    events('get'),
    events('post'),
    ...call({
      path: '/info',
      summary: 'What is online: a device, a user, a server, the cluster',
      scope: 'read',
      input: infoInput,
      result: 'the state',
      run({ device, uid, address, ip }) {
        if (device) return info.device(device)
        if (uid) return info.user(uid)
        return address || ip ? info.instance(address || ip) : info.cluster()
      },
    }),
    ...call({
      path: '/kick',
      summary: 'End the streams of users or devices',
      scope: 'manage',
      input: kickInput,
      result: 'the number of devices that were kicked',
      run: ({ uid, device, data }) => devices.kick({ uids: uid, devices: device }, data),
    }),
  ]
}

function success(result: unknown, took: number): Reply {
  return { body: { code: 1, msg: 'success', micro: Math.round(took * 1_000), result } }
}

/** Bad parameters come with HTTP 200, as there; who must not get in, and wrong methods, with their own status. */
function refuse(error: ApiError, took: number): Reply {
  const own = error.status === 401 || error.status === 403 || error.status === 405
  return {
    status: own ? error.status : 200,
    body: { code: error.status, msg: error.message, micro: Math.round(took * 1_000), result: null },
  }
}

function header(req: Request, key: string): string | undefined {
  const value = req.headers[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Headers come as Latin-1, while names are typed in any script. */
function decodeHeader(value: string | undefined): string | undefined {
  return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8')
}

/** A browser that comes back by itself sends the newest id in a header, and the page's old one in the address. */
function newestId(...values: (string | number | undefined)[]): number | null {
  const ids = values.map(value => (value === undefined || value === '' ? Number.NaN : Number(value)))
  const valid = ids.filter(id => Number.isSafeInteger(id) && id >= 0)
  return valid.length > 0 ? Math.max(...valid) : null
}
