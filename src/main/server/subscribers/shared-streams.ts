import { randomBytes } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import { RETRY_INTERVAL } from '../../../shared/limits.ts'
import { openStreamInput, type StreamPage, streamPage } from '../../../shared/stream.ts'
import { ApiError } from '../errors.ts'
import { defineRoute, type Route } from '../http/route.ts'
import { createPageSink, EventStreamWriter, Frame, type Sink, type Subscriber } from '../sse/index.ts'
import type { Subscriptions } from './subscribe.ts'

interface SharedStream {
  sink: Sink
  pages: Map<string, Subscriber>
}

const MAX_PAGES = 64
const streamParams = z.object({ stream: z.string().max(64) })
const pageParams = z.object({ stream: z.string().max(64), page: z.string().max(64) })

/**
 * One event stream for all pages of a browser: see `openStreamInput` in the contract. The stream's id is the
 * secret that lets its holder add and remove pages.
 */
export function sharedStreamRoutes({ subscriptions }: { subscriptions: Subscriptions }): Route[] {
  const streams = new Map<string, SharedStream>()

  async function addPage(req: Request, stream: SharedStream, page: StreamPage): Promise<void> {
    const { page: name, room, ...input } = page
    if (!stream.pages.has(name) && stream.pages.size >= MAX_PAGES) {
      throw new ApiError('too-many-requests', `a stream carries at most ${MAX_PAGES} pages`)
    }
    const admission = await subscriptions.admit(req, room, input)
    removePage(stream, name)
    const sink = createPageSink(name, stream.sink, () => removePage(stream, name))
    stream.pages.set(name, subscriptions.start(admission, sink))
  }

  function removePage(stream: SharedStream, name: string): boolean {
    const subscriber = stream.pages.get(name)
    if (!subscriber) return false
    stream.pages.delete(name)
    subscriptions.stop(subscriber)
    return true
  }

  function find(id: string): SharedStream {
    const stream = streams.get(id)
    if (!stream) throw new ApiError('not-found', 'this stream is no longer open')
    return stream
  }

  async function open(req: Request, res: Response, pages: StreamPage[]): Promise<undefined> {
    const id = randomBytes(18).toString('base64url')
    const sink = new EventStreamWriter(req, res, () => {
      streams.delete(id)
      for (const name of [...stream.pages.keys()]) removePage(stream, name)
    })
    const stream: SharedStream = { sink, pages: new Map() }
    streams.set(id, stream)
    sink.write(
      Frame.text(`retry: ${RETRY_INTERVAL}\n\nevent: stream\ndata: ${JSON.stringify({ stream: id })}\n\n`),
    )
    for (const page of pages) {
      // One page that may not watch must not take the others' stream down.
      await addPage(req, stream, page).catch(error => sink.write(refusal(page.page, error)))
    }
    return undefined
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/streams',
      summary: 'One event stream for all pages of a browser',
      tag: 'events',
      access: { kind: 'own', description: 'As for each room’s own stream.' },
      body: openStreamInput,
      success: {
        status: 200,
        description: 'An event stream whose `page` events name the page in their first data line.',
        contentType: 'text/event-stream',
      },
      errors: ['bad-json', 'invalid-input'],
      handle: ({ req, res, body }) => open(req, res, body.pages),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/streams/:stream/pages',
      summary: 'Add a page to an open stream, or begin it anew',
      tag: 'events',
      access: { kind: 'own', description: 'The stream’s id, and as for the room’s own stream.' },
      params: streamParams,
      body: streamPage,
      success: { status: 202, description: 'Its events follow in the stream.' },
      errors: ['bad-json', 'invalid-input', 'not-found', 'forbidden', 'unauthenticated'],
      async handle({ req, params, body }) {
        await addPage(req, find(params.stream), body)
        return { body: { success: true, code: 202, msg: 'added' } }
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/api/v1/streams/:stream/pages/:page',
      summary: 'Take a page out of an open stream',
      tag: 'events',
      access: { kind: 'own', description: 'The stream’s id.' },
      params: pageParams,
      success: { status: 204, description: 'Taken out.' },
      errors: ['not-found'],
      handle({ params }) {
        if (!removePage(find(params.stream), params.page))
          throw new ApiError('not-found', 'there is no such page')
        return { body: undefined }
      },
    }),
  ]
}

/** Tells one page of a shared stream why it gets nothing: `event: refused`, its name, the error's envelope. */
function refusal(page: string, error: unknown): Frame {
  const envelope = (
    error instanceof ApiError ? error : new ApiError('internal', 'something went wrong')
  ).toEnvelope()
  return Frame.text(`event: refused\ndata: ${page}\ndata: ${JSON.stringify(envelope)}\n\n`)
}
