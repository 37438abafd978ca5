import type { Response } from 'express'
import { z } from 'zod'
import { answer } from '../http/answer.ts'
import { defineRoute, type Route } from '../http/route.ts'
import type { Database } from '../store/index.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

export interface BackupParts {
  db: Database
  version: string
  /** Begins anew on the restored data, once the answer is out. */
  restart(): void
}

/** Resolves when the client has read what waits, or has left. */
function drained(res: Response): Promise<void> {
  // Its `close` has been.
  if (res.destroyed) return Promise.resolve()
  return new Promise(resolve => {
    const done = () => {
      res.off('drain', done).off('close', done)
      resolve()
    }
    res.on('drain', done).on('close', done)
  })
}

/** For a signed-in owner: the file holds every account, and a restored one decides who the owners are. */
export function backupRoutes({ db, version, restart }: BackupParts): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/v1/backup',
      summary: 'All data as one file; for the owner',
      tag: 'backup',
      access: { kind: 'user', role: 'owner' },
      success: { status: 200, description: 'The backup.', contentType: 'application/gzip' },
      async handle({ res }) {
        const day = new Date().toISOString().slice(0, 10)
        for await (const bytes of writeBackup(db, version)) {
          // Not before there is something: an answer that says what failed is no such file.
          if (!res.headersSent) {
            res.setHeader('Content-Type', 'application/gzip')
            res.setHeader('Content-Disposition', `attachment; filename="streaming-message-${day}.backup.gz"`)
            res.setHeader('Cache-Control', 'no-store')
          }
          if (!res.write(bytes)) await drained(res)
          if (res.destroyed) return undefined
        }
        res.end()
        return undefined
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/backup',
      summary: 'Put a backup in the place of all data; for the owner. The body is the file',
      tag: 'backup',
      access: { kind: 'user', role: 'owner' },
      rawBody: { description: 'A backup as GET gives it.', types: { 'application/gzip': 'file' } },
      success: {
        status: 200,
        description: 'Restored: players and controllers come back by themselves.',
        schema: answer({ rows: z.int(), createdAt: z.int() }),
      },
      errors: ['wrong-file', 'broken-file', 'newer-version'],
      async handle({ req, res }) {
        const restored = await restoreBackup(db, req)
        // Whoever sent it may have left by now.
        if (res.destroyed) restart()
        else res.once('close', restart)
        return { body: { success: true, code: 200, msg: 'restored', ...restored } }
      },
    }),
  ]
}
