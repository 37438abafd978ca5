import { connect } from 'node:net'

/** Input that something has choked on before, as text for any field. */
const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\r\nSet-Cookie: x=1',
  '\n\ndata: forged\n\n',
  '\u001b[31m\u0007',
  '\u202eright to left',
  '\ufeff\u200b\u2028\u2029',
  '\ud800',
  '\udfff\ud800',
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE users; --",
  '%00%ff%c0%ae',
  '../../../../etc/passwd',
  '..\\..\\windows',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: meant for whoever would fill it in
  '{{7*7}}${7*7}<%= 7*7 %>',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '99999999999999999999',
  '9007199254740993',
  '0x10',
  '١٢٣',
  'K',
  'İ',
  'ﷺ'.repeat(50),
  '👨‍👩‍👧‍👦'.repeat(20),
  'e\u0301'.repeat(200),
  'a'.repeat(300),
  'a'.repeat(5_000),
  '('.repeat(2_000),
  '[b]'.repeat(1_000),
  '[ruby='.repeat(500),
  '{"a":'.repeat(100),
  'javascript:alert(1)',
  'data:text/html,<b>',
  'file:///etc/passwd',
  'http://127.0.0.1:1/',
  '2026-13-45T99:99:99Z',
  'aaaaaaaa-1',
  'aaaaaaaa-999999999999999',
  'aaaaaaaa--1',
  'lobby',
  'LOBBY',
  'admin',
  'smt_x',
  'a.b.c',
]

const OTHERS: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e308,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
]

const NAMES = [
  'speaker',
  'data',
  'message',
  'meta',
  'label',
  'room',
  'token',
  'format',
  'text',
  'id',
  'name',
  'settings',
  'look',
  'tokens',
  'watchKey',
  'version',
  'isDefault',
  'action',
  'username',
  'password',
  'role',
  'scopes',
  'rooms',
  'expiresAt',
  'current',
  'code',
  'pages',
  'page',
  'device',
  'key',
  'since',
  'last_event_id',
  'ids',
  'open',
  'uid',
  'event',
  'ttl',
  'state',
  'showing',
  'waiting',
  'layout',
  'visible',
  'roundTrip',
  'problems',
  'colour',
  'avatar',
  'url',
  'secret',
  '__proto__',
  'constructor',
  'toString',
  'manifest',
  'files',
  'kind',
]

/** A stream of numbers that a seed repeats: mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface HostileRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: Buffer | null
}

/** A route as the API's description names it: `GET /api/v1/rooms/{room}`. */
export interface KnownRoute {
  method: string
  path: string
  /** Names of the fields that its query and body know. */
  fields: string[]
}

/** @param credentials some of them good: whoever is let in gets further. */
export function createHostile(
  routes: readonly KnownRoute[],
  credentials: readonly string[],
  random: () => number,
) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!
  const chance = (share: number) => random() < share
  const text = () => (chance(0.9) ? pick(TEXTS) : pick(TEXTS) + pick(TEXTS))

  function value(depth: number): unknown {
    if (depth > 0 && chance(0.3)) return object(pick([NAMES]), depth - 1)
    if (depth > 0 && chance(0.15))
      return Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1))
    return chance(0.7) ? text() : pick(OTHERS)
  }

  function object(names: readonly string[], depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = Object.create(null)
    for (let left = Math.floor(random() * 5); left >= 0; left--) {
      const name = chance(0.9) ? pick(names) : pick(TEXTS)
      // As JSON.parse makes it: an own property, whatever its name.
      Object.defineProperty(made, name, { value: value(depth), enumerable: true, configurable: true })
    }
    return made
  }

  function body(fields: readonly string[]): Buffer {
    const kind = random()
    if (kind < 0.2) {
      const line = {
        speaker: text().slice(0, 20),
        data: { message: text(), format: pick(['markup', 'plain', 'echo-live']) },
      }
      return Buffer.from(JSON.stringify(chance(0.5) ? line : { ...line, meta: value(3), label: text() }))
    }
    if (kind < 0.75) return Buffer.from(JSON.stringify(object(fields.length > 0 ? fields : NAMES, 3)))
    if (kind < 0.8) return Buffer.from('['.repeat(Math.floor(random() * 60_000)))
    if (kind < 0.84) {
      const depth = Math.floor(random() * 40_000)
      return Buffer.from(`{"speaker":"x","data":{"message":${'['.repeat(depth)}${']'.repeat(depth)}}}`)
    }
    if (kind < 0.88) {
      const depth = Math.floor(random() * 20_000)
      return Buffer.from(`{"meta":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`)
    }
    if (kind < 0.92) return Buffer.from(Array.from({ length: 200 }, () => Math.floor(random() * 256)))
    if (kind < 0.96) return Buffer.from(text())
    return Buffer.from(
      `{"a":1,"a":2,"__proto__":{"role":"owner"},${JSON.stringify(text())}:${JSON.stringify(text())}`,
    )
  }

  return (): HostileRequest => {
    const route = pick(routes)
    const fields = chance(0.8) ? route.fields : NAMES
    const path = route.path.replace(/\{(\w+)\}/g, () =>
      chance(0.5) ? 'lobby' : encodeURIComponent(text().toWellFormed()).slice(0, 2_000) || 'x',
    )
    const query = chance(0.4)
      ? `?${Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
          const raw = chance(0.1) ? pick(['%', '%zz', '%ff', '&&', '=', '[]=1', 'a[b][c]=1']) : null
          const name = fields.length > 0 && chance(0.8) ? pick(fields) : text()
          return (
            raw ?? `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(text().toWellFormed())}`
          )
        }).join('&')}`
      : ''
    const headers: Record<string, string> = {}
    const credential = pick(credentials)
    if (credential) headers.Authorization = chance(0.9) ? `Bearer ${credential}` : credential
    const method = chance(0.85)
      ? route.method
      : pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'])
    const hasBody = method !== 'GET' && method !== 'HEAD' && chance(0.9)
    if (hasBody) {
      headers['Content-Type'] = chance(0.85)
        ? 'application/json'
        : pick([
            'text/plain',
            'application/x-www-form-urlencoded',
            'multipart/form-data; boundary=x',
            '',
            'application/json; charset=utf-7',
            'text/event-stream',
            'application/x-ndjson',
          ])
    }
    if (chance(0.1)) headers['Idempotency-Key'] = pick(['', 'x', 'y'.repeat(200), '\u00ff', 'once'])
    if (chance(0.1)) headers['Last-Event-ID'] = pick(['', 'x', 'aaaaaaaa-1', '\u00ff', '1'.repeat(500)])
    if (chance(0.05)) headers.Cookie = pick(['refresh_00000000=x', '=', ';;;', 'a'.repeat(4_000)])
    return { method, path: path + query, headers, body: hasBody ? body(fields) : null }
  }
}

/** Requests that are no HTTP at all, or nearly. */
export const BROKEN_REQUESTS: readonly string[] = [
  'GET',
  '\r\n\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost:\r\n\r\n',
  'GET /healthz HTTP/1.0\r\n\r\n',
  'GET //evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET http://evil.example/api/v1/server HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /\\..\\..\\x HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /static/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'GET /api/v1/rooms/%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\n\r\n',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n{}',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nExpect: magic\r\nContent-Length: 2\r\n\r\n{}',
  'POST /api/v1/send HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}',
  'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-0,1-1,2-2,-1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: ","\r\nIf-Modified-Since: x\r\n\r\n',
  'HEAD /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
  `GET /${'a'.repeat(60_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(3_000)}\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001',
]

/** Sends bytes as they are. @returns the first line of the answer; empty where the connection was closed without one. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise(resolve => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(Buffer.from(text, 'latin1')))
    const done = () => {
      socket.destroy()
      resolve(answer.split('\r\n')[0]!)
    }
    socket.on('data', chunk => {
      answer += chunk.toString('latin1')
      if (answer.includes('\r\n\r\n')) done()
    })
    // Some are never complete: the server waits for the rest, as it must.
    socket.setTimeout(1_000, done)
    socket.on('close', done)
    socket.on('error', done)
  })
}
