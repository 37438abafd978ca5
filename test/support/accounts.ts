import type { SignedIn } from '../../src/shared/account.ts'
import type { TestServer } from './server.ts'

/** Somebody at a browser of their own: keeps the refresh cookie, sends the access token. */
export interface Person extends SignedIn {
  /** The refresh cookie, `name=value`. */
  cookie: string
  /** Calls the API as this person; `path` begins at `/api/v1`. */
  api(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  /** As {@link api}, and the answer's body. @throws where it is not a success. */
  json<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>
}

export const OWNER = { username: 'owner', password: 'correct horse battery' }
/** Environment of a server whose owner can sign in at once. */
export const OWNER_ENV = { ADMIN_USERNAME: OWNER.username, ADMIN_PASSWORD: OWNER.password }

export function post(
  server: { url: string },
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

/** @returns the refresh cookie that an answer set, `name=value`. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** @param answer of login, setup or refresh. */
export async function personOf(server: { url: string }, answer: Response): Promise<Person> {
  if (!answer.ok) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`)
  const signedIn = (await answer.json()) as SignedIn
  const person: Person = {
    ...signedIn,
    cookie: cookieOf(answer),
    api: (method, path, body, headers) =>
      fetch(`${server.url}/api/v1${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${signedIn.accessToken}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async json(method, path, body) {
      const reply = await person.api(method, path, body)
      if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
      return reply.status === 204 ? {} : await reply.json()
    },
  }
  return person
}

export async function signIn(
  server: { url: string },
  input: { username: string; password: string } = OWNER,
  headers: Record<string, string> = {},
): Promise<Person> {
  return personOf(server, await post(server, '/auth/login', input, headers))
}

/** Makes an account and signs it in. */
export async function newPerson(
  server: TestServer,
  owner: Person,
  username: string,
  role: 'owner' | 'admin' | 'member' = 'member',
): Promise<Person> {
  const password = `password of ${username}`
  await owner.json('POST', '/users', { username, password, role })
  return signIn(server, { username, password })
}
