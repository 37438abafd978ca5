import { z } from 'zod'

/**
 * A backup is gzipped text, one JSON value a line: the header, then a row a line, then the end with the count of
 * rows, so that a file that was cut short is known as such. Times are epoch milliseconds.
 */
export const BACKUP_FORMAT = 'streaming-message-backup'
/** Changes when an older program could not read the file rightly. */
export const BACKUP_VERSION = 1

export const backupHeader = z.object({
  format: z.literal(BACKUP_FORMAT),
  version: z.number().int(),
  /** The program that wrote it. */
  program: z.string().max(64),
  /** The newest migration of its database: the columns that rows have. */
  schema: z.string().max(128),
  createdAt: z.number(),
})
export type BackupHeader = z.infer<typeof backupHeader>

/** Binary columns are base64, marked, so that text that looks like it stays text. */
const cell = z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.base64() })])
export type Cell = z.infer<typeof cell>

export const backupRow = z.strictObject({
  table: z.string().max(64),
  row: z.record(z.string().max(64), cell),
})

export const backupEnd = z.strictObject({ rows: z.number().int() })
