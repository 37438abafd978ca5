import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Scope } from '../../../shared/account.ts'
import type { FieldIssue } from '../../../shared/field-issue.ts'
import { DEFAULT_ROOM, parseRoomId, RESERVED_ROOM_IDS } from '../../../shared/ids.ts'
import {
  type Room,
  type RoomSettings,
  type RoomSettingsPatch,
  roomSettingsPatch,
} from '../../../shared/room.ts'
import { DEFAULT_ROOM_SETTINGS, mergeSettings } from '../../../shared/room-defaults.ts'
import { ApiError } from '../errors.ts'
import type { Database, Tables } from '../store/index.ts'

/** A room as the server holds it. */
export interface RoomRecord {
  id: string
  name: string
  ownerId: string | null
  isDefault: boolean
  watchKey: string | null
  settings: RoomSettings
  version: number
  epoch: string
  createdAt: number
}

export interface RoomChange {
  name?: string
  settings?: RoomSettingsPatch
  watchKey?: string | null
  /** The version that the change was made on; an older one is refused. */
  version?: number
}

export interface Rooms {
  /** @param id in any case. @returns null for an id that is invalid or unknown. */
  find(id: string): Promise<RoomRecord | null>
  /** @throws ApiError `unknown-room`. */
  get(id: string): Promise<RoomRecord>
  default(): Promise<RoomRecord>
  list(): Promise<RoomRecord[]>
  /** @throws ApiError `invalid-input` (id, reserved name) or `conflict` (taken). */
  create(input: { id: string; name?: string; ownerId: string | null }): Promise<RoomRecord>
  /** @throws ApiError `unknown-room`, or `conflict` where `version` is not the present one. */
  change(id: string, change: RoomChange): Promise<RoomRecord>
  makeDefault(id: string): Promise<RoomRecord>
  /** Deletes the room with its history. The default room can't be deleted. */
  delete(id: string): Promise<void>
  /** The rooms of one user, or those that are nobody's, become another's. */
  give(from: string | null, to: string): Promise<void>
  on(listener: RoomListener): void
  /** Another server changed the room: reads it anew. @returns what tells the listeners of it. */
  changedElsewhere(id: string, kind: RoomChangeKind): Promise<() => void>
  /** What is held in memory. */
  held(): Iterable<RoomRecord>
  /** What the store has. */
  versions(): Promise<Pick<RoomRecord, 'id' | 'epoch' | 'version' | 'isDefault'>[]>
}

/** Told after the change is stored, here or by another server of the cluster. */
export interface RoomListener {
  created?(room: RoomRecord): void
  changed?(room: RoomRecord): void
  deleted?(room: RoomRecord): void
  /** Another room is the default, or rooms changed hands: made here, what others hold of them is old. */
  reassigned?(): void
}

export type RoomChangeKind = 'created' | 'changed' | 'deleted' | 'reassigned'

/** The rooms and their settings. Holds every room that was asked for in memory: a player's join costs no query. */
export async function createRooms(db: Database): Promise<Rooms> {
  const cache = new Map<string, RoomRecord>()
  const listeners: RoomListener[] = []

  async function find(text: string): Promise<RoomRecord | null> {
    const id = parseRoomId(text)
    if (!id) return null
    const cached = cache.get(id)
    if (cached) return cached
    const row = await db.selectFrom('rooms').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) return null
    // What was changed while this was read is newer.
    const room = cache.get(id) ?? fromRow(row)
    cache.set(id, room)
    return room
  }

  async function get(id: string): Promise<RoomRecord> {
    const room = await find(id)
    if (!room) throw new ApiError('unknown-room', `there is no room "${id}"`)
    return room
  }

  const rooms: Rooms = {
    find,
    get,
    async default() {
      for (const room of cache.values()) if (room.isDefault) return room
      const row = await db
        .selectFrom('rooms')
        .selectAll()
        .where('is_default', '=', 1)
        .executeTakeFirstOrThrow()
      const room = fromRow(row)
      cache.set(room.id, room)
      return room
    },
    async list() {
      const rows = await db.selectFrom('rooms').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map(fromRow)
    },
    async create({ id: text, name, ownerId }) {
      const id = parseRoomId(text)
      if (!id) throw refuseId('a room id is 1 to 32 letters and digits', 'wrong-form')
      if (RESERVED_ROOM_IDS.has(id)) throw refuseId(`"${id}" is a reserved name: take another`, 'reserved')
      const inserted = await db
        .insertInto('rooms')
        .values({
          id,
          name: name ?? id,
          owner_id: ownerId,
          is_default: 0,
          watch_key: null,
          settings: '{}',
          epoch: newEpoch(),
          created_at: Date.now(),
        })
        .onConflict(conflict => conflict.column('id').doNothing())
        .returningAll()
        .executeTakeFirst()
      if (!inserted) throw new ApiError('conflict', `the room "${id}" exists already`)
      const room = fromRow(inserted)
      cache.set(id, room)
      for (const listener of listeners) listener.created?.(room)
      return room
    },
    async change(id, change) {
      const before = await get(id)
      if (change.version !== undefined && change.version !== before.version) {
        throw new ApiError(
          'conflict',
          'somebody else changed this room meanwhile: look at it anew, then change it',
          {
            details: { version: before.version },
          },
        )
      }
      const settings = change.settings ? mergeSettings(before.settings, change.settings) : before.settings
      const row = await db
        .updateTable('rooms')
        .set({
          name: change.name ?? before.name,
          settings: JSON.stringify(settings),
          watch_key: change.watchKey === undefined ? before.watchKey : change.watchKey,
          version: before.version + 1,
        })
        .where('id', '=', before.id)
        .where('version', '=', before.version)
        .returningAll()
        .executeTakeFirst()
      if (!row) {
        cache.delete(before.id)
        // Changed on another server a moment ago; whoever names no version means the newest.
        if (change.version === undefined && (await get(before.id)).version !== before.version) {
          return rooms.change(id, change)
        }
        throw new ApiError(
          'conflict',
          'somebody else changed this room meanwhile: look at it anew, then change it',
        )
      }
      const room = fromRow(row)
      cache.set(room.id, room)
      for (const listener of listeners) listener.changed?.(room)
      return room
    },
    async makeDefault(id) {
      const room = await get(id)
      await db.transaction().execute(async tx => {
        await tx.updateTable('rooms').set({ is_default: 0 }).where('is_default', '=', 1).execute()
        await tx.updateTable('rooms').set({ is_default: 1 }).where('id', '=', room.id).execute()
      })
      cache.clear()
      for (const listener of listeners) listener.reassigned?.()
      return get(room.id)
    },
    async delete(id) {
      const room = await get(id)
      const isDefault = () =>
        new ApiError('conflict', 'the default room can’t be deleted: make another the default first')
      if (room.isDefault) throw isDefault()
      // Another server may have made it the default, or deleted it, a moment ago.
      cache.delete(room.id)
      await db.transaction().execute(async tx => {
        await tx.deleteFrom('messages').where('room_id', '=', room.id).execute()
        await tx.deleteFrom('room_events').where('room_id', '=', room.id).execute()
        await tx.deleteFrom('idempotency_keys').where('room_id', '=', room.id).execute()
        await tx.deleteFrom('room_moderators').where('room_id', '=', room.id).execute()
        const { numDeletedRows } = await tx
          .deleteFrom('rooms')
          .where('id', '=', room.id)
          .where('is_default', '=', 0)
          .executeTakeFirst()
        if (
          numDeletedRows === 0n &&
          (await tx.selectFrom('rooms').where('id', '=', room.id).select('id').executeTakeFirst())
        )
          throw isDefault()
      })
      cache.delete(room.id)
      for (const listener of listeners) listener.deleted?.(room)
    },
    async give(from, to) {
      await db
        .updateTable('rooms')
        .set({ owner_id: to })
        .where('owner_id', from === null ? 'is' : '=', from)
        .execute()
      cache.clear()
      for (const listener of listeners) listener.reassigned?.()
    },
    on: listener => void listeners.push(listener),
    async changedElsewhere(id, kind) {
      const known = cache.get(id)
      if (kind === 'reassigned') {
        cache.clear()
        return () => {}
      }
      cache.delete(id)
      const room = await find(id)
      // Deleted; or made anew since, under the same name.
      const gone = known && room?.epoch !== known.epoch ? known : null
      return () => {
        for (const listener of listeners) {
          if (gone) listener.deleted?.(gone)
          if (room && (gone || kind === 'created')) listener.created?.(room)
          else if (room && room.version !== known?.version) listener.changed?.(room)
        }
      }
    },
    held: () => cache.values(),
    async versions() {
      const rows = await db.selectFrom('rooms').select(['id', 'epoch', 'version', 'is_default']).execute()
      return rows.map(({ is_default, ...row }) => ({ ...row, isDefault: is_default === 1 }))
    },
  }

  await ensureDefaultRoom(db)
  return rooms
}

async function ensureDefaultRoom(db: Database): Promise<void> {
  const existing = await db.selectFrom('rooms').select('id').where('is_default', '=', 1).executeTakeFirst()
  if (existing) return
  await db
    .insertInto('rooms')
    .values({
      id: DEFAULT_ROOM,
      name: DEFAULT_ROOM,
      owner_id: null,
      is_default: 1,
      watch_key: null,
      settings: '{}',
      epoch: newEpoch(),
      created_at: Date.now(),
    })
    .onConflict(conflict => conflict.column('id').doNothing())
    .execute()
}

/** 8 characters of base 36: a room that was lost and made anew never reuses an id that a client still holds. */
export function newEpoch(): string {
  return randomBytes(6).readUIntBE(0, 6).toString(36).padStart(8, '0').slice(-8)
}

function refuseId(message: string, reason: NonNullable<FieldIssue['reason']>): ApiError {
  const issue: FieldIssue = { path: ['id'], message, reason }
  return new ApiError('invalid-input', message, { details: [issue] })
}

function fromRow(row: Selectable<Tables['rooms']>): RoomRecord {
  // What is stored may come from an older version: what it lacks is taken from the defaults, what is unknown is left.
  const stored = roomSettingsPatch.safeParse(JSON.parse(row.settings))
  return {
    id: row.id,
    name: row.name,
    ownerId: row.owner_id,
    isDefault: row.is_default === 1,
    watchKey: row.watch_key,
    settings: mergeSettings(DEFAULT_ROOM_SETTINGS, stored.success ? stored.data : {}),
    version: row.version,
    epoch: row.epoch,
    createdAt: row.created_at,
  }
}

/** @param may what the one who asks may do there; the watch key is for those who may manage. */
export function toRoom(record: RoomRecord, may: Scope[]): Room {
  const room: Room = {
    id: record.id,
    name: record.name,
    owner: record.ownerId,
    isDefault: record.isDefault,
    access: record.watchKey === null ? 'open' : 'key',
    settings: record.settings,
    version: record.version,
    createdAt: record.createdAt,
    may,
  }
  if (may.includes('manage')) room.watchKey = record.watchKey
  return room
}
