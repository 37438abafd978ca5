import type { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { ErrorCode } from '../../../shared/errors.ts'
import { ApiError } from '../errors.ts'
import { newEpoch } from '../rooms/index.ts'
import type { Database } from '../store/index.ts'
import { problemOfRow } from './check-row.ts'
import { BACKUP_VERSION, backupEnd, backupHeader, backupRow, type Cell } from './format.ts'
import { asAnyTables, listTables, schemaOf, type TableShape } from './tables.ts'

export interface Restored {
  rows: number
  /** When the backup was made, epoch milliseconds. */
  createdAt: number
}

/** Rows of one insert: stays below SQLite's 32,766 parameters. */
const INSERT_ROWS = 200

/**
 * Puts a backup in the place of all data, in one transaction: either all of it or nothing.
 * Rooms get a new epoch, because numbers that clients hold may come to mean other events.
 * @throws ApiError `wrong-file`, `newer-version` or `broken-file`, in words; the data is then as it was.
 */
export async function restoreBackup(db: Database, file: Readable): Promise<Restored> {
  const tables = new Map((await listTables(db)).map(table => [table.name, table]))
  const { header, rows } = await readBackup(file, tables, await schemaOf(db))
  const work = db.transaction().execute(async tx => {
    const any = asAnyTables(tx)
    // Keys of requests belong to numbers that are gone.
    await tx.deleteFrom('idempotency_keys').execute()
    for (const name of tables.keys()) await any.deleteFrom(name).execute()
    for (const [table, tableRows] of rows) {
      for (let at = 0; at < tableRows.length; at += INSERT_ROWS) {
        await any
          .insertInto(table)
          .values(tableRows.slice(at, at + INSERT_ROWS))
          .execute()
      }
    }
    const restoredRooms = await tx.selectFrom('rooms').select(['id', 'is_default']).execute()
    if (restoredRooms.filter(room => room.is_default === 1).length !== 1) {
      throw new ApiError(
        'broken-file',
        'this backup can’t be used: one of its rooms, and only one, must be the default room',
      )
    }
    for (const { id } of restoredRooms) {
      await tx.updateTable('rooms').set({ epoch: newEpoch() }).where('id', '=', id).execute()
    }
  })
  await work.catch(error => {
    throw isContradiction(error)
      ? new ApiError('broken-file', 'this backup can’t be used: its rows contradict each other')
      : error
  })
  const count = [...rows.values()].reduce((sum, tableRows) => sum + tableRows.length, 0)
  return { rows: count, createdAt: header.createdAt }
}

/** True where the database refuses rows for what is in them (SQLite's constraints; PostgreSQL's classes 22 and 23). */
function isContradiction(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return code.startsWith('SQLITE_CONSTRAINT') || /^2[23][0-9A-Z]{3}$/.test(code)
}

type Rows = Map<string, Record<string, unknown>[]>

/** Reads and checks the whole file before anything is changed. */
async function readBackup(file: Readable, tables: Map<string, TableShape>, schema: string) {
  const broken = (why: string, code: ErrorCode = 'broken-file') =>
    new ApiError(code, `this backup can’t be used: ${why}`)
  const lines = linesOf(unzip(file))
  const rows: Rows = new Map()
  let header: ReturnType<typeof backupHeader.parse> | undefined
  let count = 0
  let ended = false
  try {
    for await (const line of lines) {
      const value = parseLine(line)
      if (!header) {
        const parsed = backupHeader.safeParse(value)
        if (!parsed.success) throw broken('it is not a backup of Streaming Message', 'wrong-file')
        header = parsed.data
        if (header.version > BACKUP_VERSION || header.schema > schema) {
          throw broken(
            `it was made by a newer version (${header.program}): update this program first`,
            'newer-version',
          )
        }
        continue
      }
      const row = backupRow.safeParse(value)
      if (row.success) {
        const shape = tables.get(row.data.table)
        const problem = shape
          ? problemOfRow(shape, row.data.row)
          : `names "${row.data.table}", which is not known here`
        if (problem !== null) throw broken(`line ${count + 2} ${problem}`)
        const list = rows.get(row.data.table) ?? []
        list.push(
          Object.fromEntries(Object.entries(row.data.row).map(([name, cell]) => [name, fromCell(cell)])),
        )
        rows.set(row.data.table, list)
        count++
        continue
      }
      const end = backupEnd.safeParse(value)
      if (!end.success) throw broken(`line ${count + 2} can’t be read`)
      if (end.data.rows !== count) throw broken('lines are missing from it')
      ended = true
    }
  } catch (error) {
    if (error instanceof ApiError) throw error
    // zlib's own words help nobody.
    throw header
      ? broken('it is cut short or damaged')
      : broken('it is not a backup of Streaming Message', 'wrong-file')
  }
  if (!header) throw broken('it is empty')
  if (!ended) throw broken('it is cut short')
  if (!rows.get('rooms')?.length) throw broken('there is no room in it')
  return { header, rows }
}

/** Node's readline would not tell of an error in the stream. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  // Only what is new is looked through: a picture is one line of many pieces.
  let pieces: string[] = []
  for await (const text of stream.setEncoding('utf8') as AsyncIterable<string>) {
    const [first, ...others] = text.split('\n')
    pieces.push(first!)
    for (const next of others) {
      yield pieces.join('')
      pieces = [next]
    }
  }
  const rest = pieces.join('')
  if (rest !== '') yield rest
}

function unzip(file: Readable): Readable {
  const unzipped = createGunzip()
  file.on('error', error => unzipped.destroy(error))
  return file.pipe(unzipped)
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function fromCell(cell: Cell): unknown {
  return cell !== null && typeof cell === 'object' ? Buffer.from(cell.base64, 'base64') : cell
}
