import {
  type Expression,
  type ExpressionBuilder,
  type RawBuilder,
  type Selectable,
  type SqlBool,
  sql,
} from 'kysely'
import { type DatabaseTransaction, type Store, type Tables, takeTurn } from '../store/index.ts'
import { type Reason, stateChange, type TopicChange } from './state-change.ts'
import { DEVICES, type Transact } from './turn-transaction.ts'

export type DeviceRow = Selectable<Tables['broker_devices']>

/** Whom a call is for. Neither = everybody. */
export interface Target {
  uids: string[]
  devices: string[]
}

/** A stream that must end, on the server that has it. */
export interface OpenConnection {
  name: string
  uid: string
  node: string
  connection: string
}

export interface Login {
  name: string
  uid: string
  node: string
  connection: string
  /** With its port. */
  address: string
}

export interface LoggedIn {
  /** The stream that the device had open, if any. */
  extruded: OpenConnection | null
  /** The newest frame sent to the device before. */
  lastFrameId: number
  /** The newest frame when it was last seen to leave. */
  seenFrameId: number
}

/** A frame's number for one device; `node` has its stream, null = offline. */
export interface Numbered {
  name: string
  id: number
  node: string | null
}

/** Which device is where, and what it was sent; the same for all servers. */
export interface Registry {
  login(login: Login): Promise<LoggedIn>
  /** The stream is gone. Nothing happens where another one has taken its place. */
  logout(name: string, connection: string, reason: Reason): Promise<void>
  kick(target: Target, payload: string): Promise<OpenConnection[]>
  /** Numbers and keeps a frame for each device of the target. */
  send(target: Target, event: string | null, data: string): Promise<Numbered[]>
  /** What the device was sent after `after` up to `upTo`. */
  frames(
    name: string,
    after: number,
    upTo: number,
  ): Promise<Pick<Tables['broker_frames'], 'id' | 'event' | 'data'>[]>
  /** All devices of a server that is gone go offline. */
  clearNode(tx: DatabaseTransaction, node: string, reason: Reason): Promise<TopicChange[]>
  touch(names: string[]): Promise<void>
  /** Frames past their days go, and devices that have not been here for long. */
  trim(): Promise<void>
}

export interface RegistryParts {
  store: Store
  transact: Transact
  /** Frames that a device's cache holds. */
  keepFrames: number
  /** Milliseconds that they are held for. */
  keepFor: number
  /** Stores what must be told, in the transaction that makes it true. */
  record(tx: DatabaseTransaction, changes: TopicChange[]): Promise<void>
  /** Tells it, once that is committed. */
  tell(changes: TopicChange[]): void
}

/** Milliseconds after which a device that never came back is unknown: names are for whoever has a token to choose. */
const FORGET_AFTER = 90 * 86_400_000
/** Rows of one insert, below SQLite's limit of parameters. */
const INSERT_ROWS = 2_000

type DeviceFilter = (eb: ExpressionBuilder<Tables, 'broker_devices'>) => ReturnType<typeof eb.or>

export function createRegistry(parts: RegistryParts): Registry {
  const { store, transact, keepFrames, keepFor, record, tell } = parts
  const { db } = store

  async function change<T>(
    work: (tx: DatabaseTransaction, changes: TopicChange[]) => Promise<T>,
  ): Promise<T> {
    const { result, changes } = await transact(async tx => {
      const changes: TopicChange[] = []
      const result = await work(tx, changes)
      if (changes.length > 0) await record(tx, changes)
      return { result, changes }
    })
    tell(changes)
    return result
  }

  async function isUserOnline(tx: DatabaseTransaction, uid: string): Promise<boolean> {
    const row = await tx
      .selectFrom('broker_devices')
      .select('name')
      .where('uid', '=', uid)
      .where('node', 'is not', null)
      .limit(1)
      .executeTakeFirst()
    return row !== undefined
  }

  /** What is told of devices that went offline, and of users whose last device that was. */
  async function wentOffline(
    tx: DatabaseTransaction,
    devices: { name: string; uid: string; address: string }[],
    reason: Reason,
    payload?: string,
  ): Promise<TopicChange[]> {
    const changes = devices.map(device =>
      stateChange('device_offline', device, reason, payload ?? device.address),
    )
    const lastOf = new Map(devices.map(device => [device.uid, device]))
    for (const [uid, device] of lastOf) {
      if (!(await isUserOnline(tx, uid)))
        changes.push(stateChange('user_offline', device, reason, payload ?? device.address))
    }
    return changes
  }

  const goneOffline = (tx: DatabaseTransaction) =>
    tx
      .updateTable('broker_devices')
      .set(eb => ({ node: null, connection: null, seen_frame_id: eb.ref('last_frame_id') }))

  return {
    login: ({ name, uid, node, connection, address }) =>
      change(async (tx, changes) => {
        const before = await tx
          .selectFrom('broker_devices')
          .selectAll()
          .where('name', '=', name)
          .executeTakeFirst()
        const sameUser = before?.uid === uid
        const wasOnline = before !== undefined && before.node !== null
        const userWasOnline = await isUserOnline(tx, uid)
        const now = Date.now()
        const here = { uid, node, connection, address, login_time: now, last_touch_time: now }
        await tx
          .insertInto('broker_devices')
          .values({ name, ...here })
          .onConflict(conflict => conflict.column('name').doUpdateSet(here))
          .execute()
        if (before && !sameUser) await tx.deleteFrom('broker_frames').where('device', '=', name).execute()
        if (wasOnline) {
          changes.push(stateChange('device_offline', before, 'extrude_offline', address))
          if (!sameUser && !(await isUserOnline(tx, before.uid)))
            changes.push(stateChange('user_offline', before, 'extrude_offline', address))
        }
        const device = { uid, name }
        if (!userWasOnline) changes.push(stateChange('user_online', device, 'device_connected', address))
        changes.push(stateChange('device_online', device, 'device_connected', address))
        return {
          extruded: wasOnline
            ? { name, uid: before.uid, node: before.node!, connection: before.connection! }
            : null,
          lastFrameId: before?.last_frame_id ?? 0,
          seenFrameId: before?.seen_frame_id ?? 0,
        }
      }),
    logout: (name, connection, reason) =>
      change(async (tx, changes) => {
        const rows = await goneOffline(tx)
          .where('name', '=', name)
          .where('connection', '=', connection)
          .returning(['name', 'uid', 'address'])
          .execute()
        changes.push(...(await wentOffline(tx, rows, reason)))
      }),
    kick: (target, payload) =>
      change(async (tx, changes) => {
        const rows = await tx
          .selectFrom('broker_devices')
          .selectAll()
          .where('node', 'is not', null)
          .where(inTarget(target, store.kind))
          .execute()
        if (rows.length === 0) return []
        await goneOffline(tx).where('node', 'is not', null).where(inTarget(target, store.kind)).execute()
        changes.push(...(await wentOffline(tx, rows, 'kick_offline', payload)))
        return rows.map(({ name, uid, node, connection }) => ({
          name,
          uid,
          node: node!,
          connection: connection!,
        }))
      }),
    send: (target, event, data) =>
      change(async tx => {
        const now = Date.now()
        const rows = await tx
          .updateTable('broker_devices')
          .set(eb => ({ last_frame_id: eb('last_frame_id', '+', 1) }))
          .where(inTarget(target, store.kind))
          // Who has been away for longer than frames are kept would not get it anyway.
          .where(eb => eb.or([eb('node', 'is not', null), eb('last_touch_time', '>', now - keepFor)]))
          .returning(['name', 'last_frame_id', 'node'])
          .execute()
        for (let i = 0; i < rows.length; i += INSERT_ROWS) {
          const page = rows.slice(i, i + INSERT_ROWS)
          await tx
            .insertInto('broker_frames')
            .values(page.map(row => ({ device: row.name, id: row.last_frame_id, event, data, time: now })))
            .execute()
          await dropBeyondCache(tx, page)
        }
        return rows.map(row => ({ name: row.name, id: row.last_frame_id, node: row.node }))
      }),
    frames: (name, after, upTo) =>
      db
        .selectFrom('broker_frames')
        .select(['id', 'event', 'data'])
        .where('device', '=', name)
        .where('id', '>', Math.max(after, upTo - keepFrames))
        .where('id', '<=', upTo)
        .where('time', '>', Date.now() - keepFor)
        .orderBy('id')
        .execute(),
    async clearNode(tx, node, reason) {
      await takeTurn(tx, store.kind, DEVICES)
      const rows = await goneOffline(tx)
        .where('node', '=', node)
        .returning(['name', 'uid', 'address'])
        .execute()
      const changes = await wentOffline(tx, rows, reason)
      if (changes.length > 0) await record(tx, changes)
      return changes
    },
    async touch(names) {
      for (let i = 0; i < names.length; i += INSERT_ROWS) {
        await db
          .updateTable('broker_devices')
          .set({ last_touch_time: Date.now() })
          .where('name', 'in', names.slice(i, i + INSERT_ROWS))
          .execute()
      }
    },
    async trim() {
      await db
        .deleteFrom('broker_frames')
        .where('time', '<', Date.now() - keepFor)
        .execute()
      await transact(tx =>
        tx
          .deleteFrom('broker_devices')
          .where('node', 'is', null)
          .where('last_touch_time', '<', Date.now() - Math.max(keepFor, FORGET_AFTER))
          .execute(),
      )
    },
  }

  /** A cache is emptied of its oldest when twice as much is in it: one statement serves many sends. */
  async function dropBeyondCache(
    tx: DatabaseTransaction,
    rows: { name: string; last_frame_id: number }[],
  ): Promise<void> {
    const full = rows.filter(row => row.last_frame_id % keepFrames === 0).map(row => row.name)
    if (full.length === 0) return
    await tx
      .deleteFrom('broker_frames')
      .where('device', 'in', full)
      .where(eb =>
        eb(
          'id',
          '<=',
          eb
            .selectFrom('broker_devices')
            .select(inner => inner('last_frame_id', '-', keepFrames).as('oldest'))
            .whereRef('name', '=', 'broker_frames.device'),
        ),
      )
      .execute()
  }
}

function inTarget({ uids, devices }: Target, kind: Store['kind']): DeviceFilter {
  return eb => {
    const parts: Expression<SqlBool>[] = [
      ...(uids.length > 0 ? [isAmong('uid', uids, kind)] : []),
      ...(devices.length > 0 ? [isAmong('name', devices, kind)] : []),
    ]
    return eb.or(parts.length > 0 ? parts : [eb.lit(true) as ReturnType<typeof eb.or>])
  }
}

/** One parameter, whatever the number of names: a statement has room for some 30,000 of them. */
function isAmong(column: string, names: string[], kind: Store['kind']): RawBuilder<SqlBool> {
  if (kind === 'postgres') return sql<SqlBool>`${sql.ref(column)} = any(${names})`
  return sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(names)}))`
}
