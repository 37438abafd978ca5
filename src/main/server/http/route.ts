import type { NextFunction, Request, RequestHandler, Response, Router } from 'express'
import type { z } from 'zod'
import type { ErrorCode } from '../../../shared/errors.ts'
import { fieldIssues } from '../../../shared/field-issues.ts'
import { LIMITS } from '../../../shared/limits.ts'
import type { Principal } from '../auth/principal.ts'
import { ApiError } from '../errors.ts'
import { isForm, readForm } from './form-body.ts'
import { readJson } from './json-body.ts'

/** What a caller must be to be let in. Rooms are checked too where the path has `:room`. */
export type Access =
  /** Nobody is asked. */
  | { kind: 'public' }
  /** A credential that may do this in the room of the path (in any room where the path names none). */
  | { kind: 'scope'; scope: 'publish' | 'read' | 'manage' | 'moderate' }
  /** A person who is signed in; API tokens do not do. */
  | { kind: 'user'; role?: 'owner' | 'admin' }
  /** Any valid credential, whatever it may do. */
  | { kind: 'credential' }
  /** The handler finds the credential itself (the seed's token in the body), and refuses. */
  | { kind: 'own'; description: string }

export interface RouteContext<Params, Query, Body> {
  req: Request
  res: Response
  params: Params
  query: Query
  body: Body
  /** Null on public routes without a credential. */
  principal: Principal | null
}

/** What a route answers: JSON, unless the handler wrote the response itself. */
export interface Reply {
  status?: number
  body: unknown
}

/** A body that is no JSON. The handler reads it from `req` by itself; this describes it. */
export interface RawBody {
  description: string
  /** By content type: a text to try, or `file` for what is no text. */
  types: Record<string, 'file' | { example: string }>
  /** Absent: true. */
  required?: boolean
}

/** A route, from which Express is set up and the API's description is made. */
export interface Route<Params = unknown, Query = unknown, Body = unknown> {
  method: 'get' | 'post' | 'patch' | 'put' | 'delete'
  /** With Express' `:name`. */
  path: string
  summary: string
  tag: string
  access: Access
  params?: z.ZodType<Params>
  query?: z.ZodType<Query>
  body?: z.ZodType<Body>
  rawBody?: RawBody
  /** Header fields that the handler reads from `req` by itself, with what they mean. */
  headers?: Record<string, string>
  /** Bytes; larger bodies get 413. */
  bodyLimit?: number
  /** Take a JSON body whatever its content type (the seed did). */
  anyContentType?: boolean
  /** Take `application/x-www-form-urlencoded` and `multipart/form-data` bodies too. */
  forms?: boolean
  /** Answers failures in another shape than the envelope. @param took milliseconds since the request came. */
  refuse?(error: ApiError, took: number): Reply
  success: { status: number; description: string; schema?: z.ZodType; contentType?: string }
  errors?: ErrorCode[]
  handle(context: RouteContext<Params, Query, Body>): Promise<Reply | undefined> | Reply | undefined
}

/** Infers the types of parameters, query and body from their schemas. */
export function defineRoute<
  Params = Record<string, string>,
  Query = Record<string, unknown>,
  Body = undefined,
>(route: Route<Params, Query, Body>): Route {
  return route as unknown as Route
}

/** Decides who a request comes from and whether the route may be used; throws ApiError where not. */
export interface Gate {
  admit(req: Request, route: Route): Promise<Principal | null>
}

/** Adds the routes to an Express router, each behind its gate, its schemas and one error path. */
export function mountRoutes(router: Router, routes: readonly Route[], gate: Gate): void {
  for (const route of routes) router[route.method](route.path, toHandler(route, gate))
  const methods = Map.groupBy(routes, route => route.path)
  for (const [path, group] of methods) {
    const allowed = [...new Set(group.map(route => route.method.toUpperCase()))].sort()
    if (allowed.includes('GET')) allowed.push('HEAD')
    const { refuse } = group[0]!
    router.all(path, (req: Request, res: Response) => {
      res.setHeader('Allow', [...allowed, 'OPTIONS'].join(', '))
      if (req.method === 'OPTIONS') {
        res.status(204).end()
        return
      }
      const error = new ApiError('method-not-allowed', `use ${allowed.join(' or ')} here`)
      if (!refuse) throw error
      send(res, refuse(error, 0), error.status)
    })
  }
}

function toHandler(route: Route, gate: Gate): RequestHandler {
  return async (req: Request, res: Response, _next: NextFunction) => {
    const began = performance.now()
    try {
      await answer(route, gate, req, res)
    } catch (error) {
      if (!(error instanceof ApiError) || !route.refuse || res.headersSent) throw error
      send(res, route.refuse(error, performance.now() - began), error.status)
    }
  }
}

async function answer(route: Route, gate: Gate, req: Request, res: Response): Promise<void> {
  const principal = await gate.admit(req, route)
  const context = {
    req,
    res,
    principal,
    params: route.params ? checkValue(route.params, req.params, 'path') : req.params,
    query: route.query ? checkValue(route.query, req.query, 'query') : {},
    body: route.body
      ? checkValue(
          route.body,
          await (route.forms && isForm(req) ? readForm : readJson)(req, {
            limit: route.bodyLimit ?? LIMITS.bodyBytes,
            anyType: route.anyContentType ?? false,
          }),
          'body',
        )
      : undefined,
  }
  const reply = await route.handle(context)
  if (reply && !res.headersSent) send(res, reply, reply.body === undefined ? 204 : route.success.status)
}

function send(res: Response, reply: Reply, status: number): void {
  if (!res.hasHeader('Cache-Control')) res.setHeader('Cache-Control', 'no-store')
  if (reply.body === undefined) res.status(reply.status ?? status).end()
  else res.status(reply.status ?? status).json(reply.body)
}

/** @throws ApiError that names the first wrong field and what was expected. */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const at = [where, ...issue.path.map(String)].join('.')
  const tooLarge = issue.code === 'custom' && issue.params?.error === 'too-large'
  throw new ApiError(tooLarge ? 'too-large' : 'invalid-input', `${at}: ${issue.message}`, {
    details: fieldIssues(parsed.error.issues, value),
  })
}
