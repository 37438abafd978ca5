/** Where Redis is, by `REDIS_URL`. */
export type RedisTarget =
  | { kind: 'single'; url: string }
  | ({ kind: 'sentinel'; name: string; db: number } & Group)
  | ({ kind: 'cluster' } & Group)

interface Group {
  hosts: { host: string; port: number }[]
  username: string | undefined
  password: string | undefined
  tls: boolean
}

const GROUP =
  /^redis(s?)\+(sentinel|cluster):\/\/(?:([^:@/]*)(?::([^@/]*))?@)?([^/?]+)(?:\/([^/?]*))?(?:\/(\d+))?$/

/**
 * Reads `redis://…`, `rediss://…` (TLS), `redis+sentinel://[user:password@]host:port,host:port/name[/db]` or
 * `redis+cluster://[user:password@]host:port,host:port`. An URL parser takes one host only, so the lists are read here.
 * @returns null for anything else.
 */
export function parseRedisUrl(text: string): RedisTarget | null {
  if (/^rediss?:\/\//.test(text)) return URL.canParse(text) ? { kind: 'single', url: text } : null
  const match = GROUP.exec(text)
  if (!match) return null
  const [, tls, kind, username, password, list, name, db] = match
  const hosts = list!.split(',').map(parseHost)
  if (hosts.some(host => host === null)) return null
  const group: Group = {
    hosts: hosts.filter(host => host !== null),
    username: username ? decode(username) : undefined,
    password: password ? decode(password) : undefined,
    tls: tls === 's',
  }
  if (kind === 'cluster') return name ? null : { kind: 'cluster', ...group }
  return name ? { kind: 'sentinel', name: decode(name), db: Number(db ?? 0), ...group } : null
}

function parseHost(text: string): { host: string; port: number } | null {
  const match = /^(\[[0-9a-fA-F:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(text)
  if (!match) return null
  return { host: match[1]!.replace(/^\[|\]$/g, ''), port: Number(match[2] ?? 6379) }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
