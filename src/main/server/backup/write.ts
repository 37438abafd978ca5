import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Database } from '../store/index.ts'
import { BACKUP_FORMAT, BACKUP_VERSION, type BackupHeader, type Cell } from './format.ts'
import { asAnyTables, listTables, schemaOf } from './tables.ts'

/**
 * @param program the version that writes it.
 * @returns the backup's bytes, as one state of the database: what is sent meanwhile is not in it.
 */
export function writeBackup(db: Database, program: string): Readable {
  const zipped = createGzip()
  // Whoever reads it is told of what fails, and nothing is read on for who has left.
  pipeline(Readable.from(backupLines(db, program)), zipped, () => {})
  return zipped
}

async function* backupLines(db: Database, program: string): AsyncGenerator<string> {
  const tables = await listTables(db)
  const header: BackupHeader = {
    format: BACKUP_FORMAT,
    version: BACKUP_VERSION,
    program,
    schema: await schemaOf(db),
    createdAt: Date.now(),
  }
  // Read within one transaction, so that rows of different tables fit each other.
  const rows = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async tx => {
      const all: { table: string; rows: Record<string, unknown>[] }[] = []
      for (const { name } of tables) {
        all.push({ table: name, rows: await asAnyTables(tx).selectFrom(name).selectAll().execute() })
      }
      return all
    })
  yield `${JSON.stringify(header)}\n`
  let count = 0
  for (const { table, rows: tableRows } of rows) {
    for (const row of tableRows) {
      yield `${JSON.stringify({ table, row: mapValues(row, toCell) })}\n`
      count++
    }
  }
  yield `${JSON.stringify({ rows: count })}\n`
}

function mapValues(row: Record<string, unknown>, map: (value: unknown) => Cell): Record<string, Cell> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, map(value)]))
}

function toCell(value: unknown): Cell {
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') }
  return value as string | number | null
}
