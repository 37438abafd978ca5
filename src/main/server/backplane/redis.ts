import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis'
import { StartError } from '../errors.ts'
import { type Backplane, type Carried, type CarriedBatch, LOST_AFTER, roomTopic } from './backplane.ts'
import { following, newNodeId } from './memory.ts'
import { parseRedisUrl, type RedisTarget } from './redis-url.ts'

export interface RedisBackplaneOptions {
  /** `REDIS_URL`. */
  url: string
  /** Begins each key and channel, so that clusters with other databases may share the Redis. */
  prefix: string
  /** Batches that a room's recent past holds. */
  keepBatches?: number
  /** Milliseconds that it is held for. */
  keepFor?: number
}

/** Milliseconds between two probes that go through Redis and back. */
const PROBE_INTERVAL = 500
/** Milliseconds of silence after which a connection that looks open is made anew: it may lead to nowhere. */
const RECONNECT_AFTER = 10_000
/** Milliseconds a start waits for Redis. */
const START_TIMEOUT = 5_000
/** Announcements to programs outside that wait while Redis is away. */
const MAX_WAITING = 10_000
/** Appends after which a room's recent past is trimmed by age. */
const TRIM_EVERY = 100
/** Milliseconds. */
const READ_TIMEOUT = 300
/** Batches read at once to fill a gap. */
const READ_BATCHES = 200

/**
 * Redis: sharded pub/sub (in a Redis cluster; plain pub/sub else) carries what is live, one Stream a room, trimmed
 * by length and age, what a server missed a moment ago. A room's channel and stream share a hash slot.
 * @throws StartError that names REDIS_URL where Redis does not answer.
 */
export async function createRedisBackplane(options: RedisBackplaneOptions): Promise<Backplane> {
  const { prefix, keepBatches = 1_000, keepFor = 3_600_000 } = options
  const target = parseRedisUrl(options.url)
  if (!target) throw new StartError('config', 'REDIS_URL is wrong')
  const connections = await connect(target)
  const { commands, subscriber, sharded } = connections
  const node = newNodeId()
  const handlers = new Map<string, (message: Carried) => void>()
  const healthListeners: ((healthy: boolean) => void)[] = []
  const waiting: [channel: string, text: string][] = []
  let healthy = true
  let lag: number | null = null
  let lastSign = performance.now()
  let reconnectAt = 0
  let appends = 0
  let closed = false

  const channelOf = (topic: string) => `${prefix}{${topic}}`
  const streamOf = (room: string) => `${prefix}{${roomTopic(room)}}:log`
  const probeTopic = `probe/${node}`

  function send(channel: string, text: string): Promise<unknown> {
    return sharded ? commands.spublish(channel, text) : commands.publish(channel, text)
  }

  function publish(topic: string, message: Carried) {
    if (!healthy || closed) return
    send(channelOf(topic), JSON.stringify({ ...message, node })).catch(() => {})
  }

  function onMessage(channel: string, text: string) {
    const topic = channel.slice(prefix.length + 1, -1)
    const { node: sender, ...message } = JSON.parse(text) as Carried & { node: string }
    if (topic === probeTopic) {
      lastSign = performance.now()
      lag = lastSign - (message as unknown as { sent: number }).sent
      // A probe that was under way for long tells of the past: Redis has just come back, the next one counts.
      if (lag < LOST_AFTER) setHealth(true)
      return
    }
    if (sender !== node) handlers.get(topic)?.(message as Carried)
  }

  function setHealth(now: boolean) {
    if (closed || healthy === now) return
    healthy = now
    if (healthy) for (const [channel, text] of waiting.splice(0)) void announceNow(channel, text)
    for (const listener of healthListeners) listener(healthy)
  }

  function announceNow(channel: string, text: string) {
    return commands.publish(channel, text).catch(() => void waiting.push([channel, text]))
  }

  function probe() {
    const now = performance.now()
    const silence = now - lastSign
    if (silence > LOST_AFTER) setHealth(false)
    connections.revive(listenToAll)
    if (silence > RECONNECT_AFTER && now > reconnectAt) {
      reconnectAt = now + RECONNECT_AFTER
      connections.reconnect()
    }
    // While Redis is away the client keeps commands for later: one probe is enough of them.
    if (connections.open()) {
      send(channelOf(probeTopic), JSON.stringify({ type: 'probe', node, sent: now })).catch(() => {})
    }
  }

  subscriber.on(sharded ? 'smessage' : 'message', onMessage)
  for (const connection of new Set([commands, subscriber])) {
    // Without a listener an error would end the process; the loss itself is seen by the probes.
    connection.on('error', () => {})
    connection.on('close', () => setHealth(false))
  }
  const listenTo = (channel: string) =>
    sharded ? subscriber.ssubscribe(channel) : subscriber.subscribe(channel)
  function listenToAll() {
    for (const topic of [probeTopic, ...handlers.keys()]) listenTo(channelOf(topic)).catch(() => {})
  }
  await listenTo(channelOf(probeTopic))
  const clock = setInterval(probe, PROBE_INTERVAL)
  probe()

  return {
    node,
    get healthy() {
      return healthy
    },
    get lag() {
      return lag
    },
    publish,
    publishBatch(room, batch) {
      if (!healthy || closed) return
      const stream = streamOf(room)
      const { from, to, events, controls = 0 } = batch
      const text = JSON.stringify({ type: 'batch', room, from, to, events, controls, node })
      const pipeline = commands.pipeline()
      pipeline.xadd(
        stream,
        'MAXLEN',
        '~',
        keepBatches,
        '*',
        'from',
        from,
        'to',
        to,
        'controls',
        controls,
        'events',
        JSON.stringify(events),
      )
      if (appends++ % TRIM_EVERY === 0) pipeline.xtrim(stream, 'MINID', '~', Date.now() - keepFor)
      pipeline.pexpire(stream, keepFor)
      if (sharded) pipeline.spublish(channelOf(roomTopic(room)), text)
      else pipeline.publish(channelOf(roomTopic(room)), text)
      pipeline.exec().catch(() => {})
    },
    async listen(topic, handler) {
      handlers.set(topic, handler)
      await listenTo(channelOf(topic))
    },
    unlisten(topic) {
      if (!handlers.delete(topic) || closed) return
      const channel = channelOf(topic)
      const left = sharded ? subscriber.sunsubscribe(channel) : subscriber.unsubscribe(channel)
      left.catch(() => {})
    },
    async recent(room, after) {
      if (!healthy) throw new Error('Redis is away')
      const rows = await inTime(commands.xrevrange(streamOf(room), '+', '-', 'COUNT', READ_BATCHES))
      return following(
        rows.map(([, fields]) => toBatch(fields)),
        after,
      )
    },
    announce(channel, text) {
      if (closed) return
      if (healthy) void announceNow(channel, text)
      else if (waiting.length < MAX_WAITING) waiting.push([channel, text])
    },
    onHealth: listener => void healthListeners.push(listener),
    async close() {
      closed = true
      clearInterval(clock)
      connections.close()
    },
  }
}

/** A frozen Redis must not hold up what the store can tell as well. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('Redis does not answer')), READ_TIMEOUT)
  })
  answer.catch(() => {})
  try {
    return await Promise.race([answer, late])
  } finally {
    clearTimeout(timer)
  }
}

function toBatch(fields: string[]): CarriedBatch {
  const value = (name: string) => fields[fields.indexOf(name) + 1]!
  const [from, to, controls] = ['from', 'to', 'controls'].map(name => Number(value(name)))
  return { from: from!, to: to!, controls: controls!, events: JSON.parse(value('events')) }
}

interface Connections {
  commands: Redis | Cluster
  subscriber: Redis | Cluster
  /** Channels belong to hash slots, as keys do. */
  sharded: boolean
  open(): boolean
  /**
   * Begins anew where the client has given up: a disconnect while it asks a sentinel for the master ends it for good.
   * @param revived called when channels must be listened to again.
   */
  revive(revived: () => void): void
  reconnect(): void
  close(): void
}

const backoff = (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 5), 1_000)

async function connect(target: RedisTarget): Promise<Connections> {
  const connections = target.kind === 'cluster' ? connectCluster(target) : connectServer(target)
  const { commands, subscriber } = connections
  let reason = 'no answer'
  const note = (error: Error) => {
    reason = error.message || reason
  }
  commands.on('error', note)
  let timer: NodeJS.Timeout | undefined
  try {
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(reason)), START_TIMEOUT)
    })
    const refused = new Promise<never>((_, reject) => {
      commands.once(
        'error',
        error =>
          error.message.match(/WRONGPASS|NOAUTH|NOPERM|ECONNREFUSED|ENOTFOUND|certificate/) && reject(error),
      )
    })
    const both = Promise.all([...new Set([commands, subscriber])].map(one => one.ping()))
    await Promise.race([both, late, refused])
    return connections
  } catch (error) {
    connections.close()
    throw new StartError(
      'redis',
      `REDIS_URL: Redis does not answer (${(error as Error).message}): check that it runs, and its address and password`,
      { cause: error },
    )
  } finally {
    clearTimeout(timer)
    commands.off('error', note)
  }
}

function connectServer(target: Exclude<RedisTarget, { kind: 'cluster' }>): Connections {
  const common: RedisOptions = {
    maxRetriesPerRequest: null,
    retryStrategy: backoff,
    connectTimeout: START_TIMEOUT,
  }
  const make = () => {
    const client =
      target.kind === 'single'
        ? new Redis(target.url, common)
        : new Redis({
            ...common,
            ...credentials(target),
            name: target.name,
            db: target.db,
            sentinels: target.hosts,
            sentinelRetryStrategy: backoff,
            // A master that became a replica lets us write nothing.
            reconnectOnError: error => error.message.startsWith('READONLY'),
          })
    client.on('error', () => {})
    return client
  }
  const commands = make()
  const subscriber = make()
  return {
    commands,
    subscriber,
    sharded: false,
    open: () => commands.status === 'ready' && subscriber.status === 'ready',
    revive(revived) {
      if (commands.status === 'end') commands.connect().catch(() => {})
      if (subscriber.status === 'end') subscriber.connect().then(revived, () => {})
    },
    reconnect() {
      commands.disconnect(true)
      subscriber.disconnect(true)
    },
    close() {
      commands.disconnect()
      subscriber.disconnect()
    },
  }
}

function connectCluster(target: Extract<RedisTarget, { kind: 'cluster' }>): Connections {
  const options: ClusterOptions = {
    shardedSubscribers: true,
    clusterRetryStrategy: backoff,
    clusterNodeRetryStrategy: backoff,
    redisOptions: { ...credentials(target), maxRetriesPerRequest: null, connectTimeout: START_TIMEOUT },
  }
  const cluster = new Cluster(target.hosts, options)
  cluster.on('error', () => {})
  return {
    commands: cluster,
    subscriber: cluster,
    sharded: true,
    open: () => cluster.status === 'ready',
    revive(revived) {
      if (cluster.status === 'end') cluster.connect().then(revived, () => {})
    },
    // The client finds its way anew by itself when a member is gone.
    reconnect: () => {},
    close: () => cluster.disconnect(),
  }
}

function credentials(target: { username: string | undefined; password: string | undefined; tls: boolean }) {
  return {
    ...(target.username ? { username: target.username } : {}),
    ...(target.password ? { password: target.password } : {}),
    ...(target.tls ? { tls: {} } : {}),
  }
}
