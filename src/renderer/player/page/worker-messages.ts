import type { ErrorEnvelope } from '../../../shared/errors.ts'
import type { PageRequest } from './page-request.ts'

/** What a page says to the worker that holds the stream. */
export type ToWorker =
  | { type: 'open'; request: PageRequest; lock: string | null }
  | { type: 'close' }
  /** Answer to a ping. */
  | { type: 'pong' }

/** What the worker says to a page. */
export type ToPage =
  /** `lock`: held by the worker as long as it lives; null where there are no locks. */
  | { type: 'welcome'; lock: string | null }
  | { type: 'event'; name: string; id?: string; data: string }
  | { type: 'connection'; online: boolean }
  /** The server does not let this page watch. */
  | { type: 'refused'; error: ErrorEnvelope }
  | { type: 'ping' }
  /** Taken for dead (a frozen page): it has to open again, from the last id it has. */
  | { type: 'dropped' }
