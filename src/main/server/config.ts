import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { username } from '../../shared/account.ts'
import { parseRedisUrl } from './backplane/redis-url.ts'
import type { BrokerConfig } from './broker/index.ts'
import { StartError } from './errors.ts'
import { limitVariables, readLimits, type ServerLimits } from './limits/settings.ts'

const flag = z
  .union([z.boolean(), z.enum(['', '0', '1', 'false', 'true', 'yes', 'no'])], {
    error: 'must be true or false',
  })
  .transform(value => (typeof value === 'boolean' ? value : ['1', 'true', 'yes'].includes(value)))

/** A header can't carry it otherwise. */
const token = z
  .string()
  .max(4096)
  .regex(/^[\u0021-\u007e]+$/, 'must be of ASCII letters, digits and signs, without spaces')

/** Of `TRUST_PROXY`: how many proxies, or which (Express' "trust proxy"). */
const proxies = z
  .string()
  .max(1000)
  .refine(text => /^\d{1,3}$/.test(text) || text.split(/\s*,\s*/).every(isProxy), {
    message:
      'must be a number of proxies, or their addresses, separated by commas: 10.0.0.1, 10.0.0.0/8, loopback, linklocal, uniquelocal',
  })

function isProxy(text: string): boolean {
  if (/^(?:loopback|linklocal|uniquelocal)$/.test(text)) return true
  const [address, bits, ...more] = text.split('/')
  const family = isIP(address!)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

/** Of `ALLOWED_HOSTS`. */
const hostNames = z
  .string()
  .max(10_000)
  .refine(text => splitHosts(text).every(name => /^(?:\*|\.?[\p{L}\p{N}_-][\p{L}\p{N}._-]*)$/u.test(name)), {
    message:
      'must be names without scheme, port or path, separated by commas: stream.example.com, .example.com (all below it), * (any)',
  })

const splitHosts = (text: string) => text.split(/[\s,]+/).filter(Boolean)

const count = z.coerce.number().int('must be a whole number').min(0).max(1_000_000)

const url = (protocols: string[]) =>
  z.string().refine(text => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    message: `must be a URL that begins with ${protocols.map(p => `${p}//`).join(' or ')}`,
  })

/** Each setting by its environment variable's name, so that a wrong one can be named. */
export const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int('must be a whole number').min(0).max(65_535).default(8000),
  DATA_DIR: z.string().min(1).default(defaultDataDir()),
  ADMIN_USERNAME: username.default('admin'),
  ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(1024).optional(),
  JWT_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  API_TOKEN: token.optional(),
  /** The seed's name for API_TOKEN. */
  TEMP_AVAILABLE_TOKEN: token.optional(),
  REDIS_URL: z
    .string()
    .refine(text => parseRedisUrl(text) !== null, {
      message:
        'must be redis://host:port, redis+sentinel://host:port,host:port/name or redis+cluster://host:port,host:port',
    })
    .optional(),
  DATABASE_URL: url(['postgres:', 'postgresql:']).optional(),
  /** Signs the broker's device tokens; own backends that make such tokens need it. */
  BROKER_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  BROKER_OPEN_ON_LOOPBACK: flag.default(false),
  /** Seconds. */
  BROKER_TOKEN_TTL: z.coerce.number().int().min(1).max(31_536_000).default(30),
  /** Seconds. */
  BROKER_HEARTBEAT: z.coerce.number().int().min(1).max(3_600).default(30),
  BROKER_FRAMES: z.coerce.number().int().min(1).max(1_000).default(10),
  BROKER_FRAME_DAYS: z.coerce.number().int().min(1).max(365).default(7),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: proxies.optional(),
  ALLOWED_HOSTS: hostNames.default(''),
  HITOKOTO_URL: url(['http:', 'https:']).default('https://v1.hitokoto.cn/'),
  OPEN_TO_LAN: flag.default(false),
  ...limitVariables,
  PUBLISH_LIMIT: count.default(1_200),
  LOGIN_LIMIT: count.default(10),
})

export interface ServerConfig {
  host: string
  /** HOST was given, so that it is not for a switch in the UI to change it. */
  hostFixed: boolean
  /** 0 = any free one. */
  port: number
  dataDir: string
  adminUsername: string
  adminPassword: string | undefined
  jwtSecret: string | undefined
  apiToken: string | undefined
  redisUrl: string | undefined
  databaseUrl: string | undefined
  broker: BrokerConfig
  logLevel: string
  /** Express' `trust proxy`: addresses or a number of hops. */
  trustProxy: string | number | false
  /** Names beside localhost and the machine's own addresses that the Host check lets through. */
  allowedHosts: string[]
  hitokotoUrl: string
  limits: ServerLimits
  /** Messages a minute for one credential at one address other than this machine's; 0 = no limit. */
  publishLimit: number
  /** Wrong passwords for one account within 15 minutes; 0 = no limit. */
  loginLimit: number
  /** Where the built pages lie. */
  pagesDir: string
  /** True in the desktop app: its window is the owner's, no password asked. */
  desktop: boolean
  /** Offer a link, once, that sets the owner's password anew. */
  resetOwner?: boolean
  /** Where the log goes, a line of JSON at a time; absent = the standard error output. */
  logTo?: { write(line: string): void }
}

/** Where data goes when nobody says otherwise: each system's place for it. */
function defaultDataDir(): string {
  if (process.platform === 'win32') {
    return join(process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Streaming Message')
  }
  if (process.platform === 'darwin')
    return join(homedir(), 'Library', 'Application Support', 'Streaming Message')
  return join(process.env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'streaming-message')
}

/**
 * Reads the settings from environment variables.
 * @param env `process.env` or the like; an empty string counts as unset, as a `.env` file leaves it.
 * @throws StartError that names the first wrong variable.
 */
export function readConfig(
  env: Record<string, string | undefined>,
  rest: Pick<ServerConfig, 'pagesDir' | 'desktop' | 'resetOwner' | 'logTo'>,
): ServerConfig {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    throw new StartError('config', `${issue.path.join('.')} is wrong: ${issue.message}`)
  }
  const values = parsed.data
  if (values.REDIS_URL && !values.DATABASE_URL) {
    throw new StartError(
      'config',
      'REDIS_URL is given without DATABASE_URL: servers that share rooms need one PostgreSQL, because separate SQLite files can’t agree on the order of messages',
    )
  }
  return {
    ...rest,
    host: values.OPEN_TO_LAN && values.HOST === '127.0.0.1' ? '0.0.0.0' : values.HOST,
    hostFixed: 'HOST' in given || values.OPEN_TO_LAN,
    port: values.PORT,
    dataDir: resolve(values.DATA_DIR),
    adminUsername: values.ADMIN_USERNAME,
    adminPassword: values.ADMIN_PASSWORD,
    jwtSecret: values.JWT_SECRET,
    apiToken: values.API_TOKEN ?? values.TEMP_AVAILABLE_TOKEN,
    redisUrl: values.REDIS_URL,
    databaseUrl: values.DATABASE_URL,
    broker: {
      secret: values.BROKER_SECRET,
      openOnLoopback: values.BROKER_OPEN_ON_LOOPBACK,
      tokenTtl: values.BROKER_TOKEN_TTL,
      heartbeat: values.BROKER_HEARTBEAT,
      keepFrames: values.BROKER_FRAMES,
      keepDays: values.BROKER_FRAME_DAYS,
    },
    logLevel: values.LOG_LEVEL,
    trustProxy: trustedProxies(values.TRUST_PROXY),
    allowedHosts: splitHosts(values.ALLOWED_HOSTS).map(name => name.toLowerCase()),
    hitokotoUrl: values.HITOKOTO_URL,
    limits: readLimits(values),
    publishLimit: values.PUBLISH_LIMIT,
    loginLimit: values.LOGIN_LIMIT,
  }
}

/** As Express takes it. */
function trustedProxies(text: string | undefined): string | number | false {
  if (text === undefined) return false
  return /^\d+$/.test(text) ? Number(text) : text
}
