import type { Cell } from './format.ts'
import type { TableShape } from './tables.ts'

/** Columns that hold JSON, an object or an array: what reads them trusts them. */
const JSON_COLUMNS: Record<string, readonly string[]> = {
  api_tokens: ['scopes', 'rooms'],
  audit_log: ['detail'],
  messages: ['data'],
  presets: ['data'],
  room_events: ['data'],
  rooms: ['settings'],
  themes: ['manifest', 'assets'],
}
/** Columns that hold any JSON value. */
const ANY_JSON_COLUMNS: Record<string, readonly string[]> = { messages: ['meta'] }

/**
 * SQLite keeps whatever it is given, in whatever column.
 * @returns what is wrong with a row of a backup, or null.
 */
export function problemOfRow(table: TableShape, row: Record<string, Cell>): string | null {
  for (const [name, cell] of Object.entries(row)) {
    if (!table.columns.has(name)) return `names "${name}", which is not known here`
    if (cell === null) continue
    if (table.integers.has(name) ? !Number.isSafeInteger(cell) : typeof cell === 'number') {
      return `has the wrong kind of value in "${name}"`
    }
    if (JSON_COLUMNS[table.name]?.includes(name)) {
      const value = parse(cell)
      if (typeof value !== 'object' || value === null) return `has no JSON in "${name}"`
    }
    if (ANY_JSON_COLUMNS[table.name]?.includes(name) && parse(cell) === undefined) {
      return `has no JSON in "${name}"`
    }
  }
  return null
}

function parse(cell: Cell): unknown {
  try {
    return JSON.parse(String(cell))
  } catch {
    return undefined
  }
}
