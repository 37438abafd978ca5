import type { Request, Result } from './request.ts'

/** All data of the server as one file; for the owner. */
export const readBackup = (request: Request): Promise<Result<Blob>> =>
  request('/api/v1/backup', { answer: 'blob' })

/** Puts a backup in the place of all data; the server then begins anew by itself. */
export const restoreBackup = (request: Request, file: Blob): Promise<Result<unknown>> =>
  request('/api/v1/backup', {
    method: 'POST',
    body: file,
    headers: { 'Content-Type': 'application/gzip' },
  })
