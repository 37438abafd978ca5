import { z } from 'zod'
import { PLACES } from './events.ts'
import { LAYOUTS } from './layouts.ts'
import { LIMITS } from './limits.ts'
import { playerProblem } from './player-problem.ts'

const line = z
  .string()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'control characters are not allowed')

/** What a client may say when it opens an event stream, by query (GET) or by JSON body (POST). */
export const subscribeInput = z.object({
  device: line.max(LIMITS.labelLength).default(''),
  label: line.max(LIMITS.labelLength).default(''),
  place: z.enum(PLACES).default('browser'),
  /** `controller`: also gets what only controllers see; needs a token that may read the room. */
  role: z.enum(['player', 'controller']).default('player'),
  /** The room's watch key, where it has one. */
  key: line.max(128).optional(),
  token: line.max(4096).optional(),
  last_event_id: line.max(64).optional(),
  /** `now`: nothing of the past. `all`: the whole history. An id: what came after it. */
  since: line.max(64).optional(),
  /**
   * `replay`: a stream that resumes also gets the `next`, `skip` and `clear` that were given since, each at its place.
   * They have no id: some may come again, and their `number` tells which.
   */
  controls: z.enum(['replay']).optional(),
})
export type SubscribeInput = z.infer<typeof subscribeInput>

/** A page's name within its shared stream; chosen by the page. */
const pageName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/)

/** One page of a shared stream. */
export const streamPage = subscribeInput.extend({
  page: pageName,
  /** Empty: the default room. */
  room: z.string().max(64).default(''),
})
export type StreamPage = z.infer<typeof streamPage>

/**
 * `POST /api/v1/streams`: one event stream for all pages of a browser, because a browser allows six HTTP/1.1
 * connections a host. Answers `text/event-stream`: first `event: stream` with `{stream}`, then for each page
 * frames `event: page`, whose first data line is the page's name and whose second is a {@link PageFrame}.
 * `event: refused` (the page's name, then the error's envelope) for a page that may not watch, `event: ended` (its name) for
 * one whose share is over: unless it was told `closed`, it may be added again.
 * `POST /api/v1/streams/:stream/pages` adds a page to the open stream, `DELETE …/pages/:page` takes one out.
 */
export const openStreamInput = z.object({
  pages: z
    // A page whose address makes no sense is refused by itself: it must not take the others' stream down.
    .array(z.union([streamPage, z.looseObject({ page: pageName })]))
    .max(64)
    .default([]),
})

export const playerReport = z.object({
  state: z.enum(['idle', 'typing', 'complete', 'hidden']),
  showing: z.string().max(64).nullable(),
  shownLine: z.number().int().min(0).max(100_000).optional(),
  waiting: z.number().int().min(0).max(100_000),
  layout: z.enum(LAYOUTS),
  visible: z.boolean(),
  roundTrip: z.number().min(0).max(600_000).nullable(),
  /** Free text comes from players of other programs. */
  problems: z.array(z.union([playerProblem, z.string().max(300)])).max(20),
})
