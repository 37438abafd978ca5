import type { Request, Response } from 'express'
import { z } from 'zod'
import { RETRY_INTERVAL } from '../../../shared/limits.ts'
import { openStreamInput, type StreamPage, streamPage } from '../../../shared/stream.ts'
import type { Cluster } from '../backplane/index.ts'
import { ApiError } from '../errors.ts'
import { answer } from '../http/answer.ts'
import { checkValue, defineRoute, type Route } from '../http/route.ts'
import type { StreamLimits } from '../limits/index.ts'
import { createPageSink, EventStreamWriter, Frame, type Sink, type Subscriber } from '../sse/index.ts'
import { type Admission, newStreamId, nodeOfStream, type Subscriptions } from './subscribe.ts'

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
export function sharedStreamRoutes({
  cluster,
  limits,
  subscriptions,
}: {
  cluster: Cluster
  limits: StreamLimits
  subscriptions: Subscriptions
}): Route[] {
  const streams = new Map<string, SharedStream>()

  const { calls, node, nodes } = cluster
  type At = { stream: string; name: string }

  /** A proxy may hand a request to any server: the credential is looked at here, the page added where the stream is. */
  async function whereItIs<Input extends At>(
    name: string,
    input: Input,
    here: (input: Input) => void,
  ): Promise<void> {
    const owner = nodeOfStream(input.stream)
    if (owner === node || !nodes.alive.has(owner)) here(input)
    else await calls.call(owner, name, input)
  }

  const add = ({ stream, name, admission }: At & { admission: Admission }) =>
    addPage(find(stream), name, admission)
  const remove = ({ stream, name }: At) => {
    if (!removePage(find(stream), name)) throw new ApiError('not-found', 'there is no such page')
  }
  calls.on('page.add', add)
  calls.on('page.remove', remove)

  function addPage(stream: SharedStream, name: string, admission: Admission): void {
    if (!stream.pages.has(name) && stream.pages.size >= MAX_PAGES) {
      throw new ApiError('too-many-requests', `a stream carries at most ${MAX_PAGES} pages`)
    }
    removePage(stream, name)
    const sink = createPageSink(name, stream.sink, () => removePage(stream, name))
    const subscriber = subscriptions.start(admission, sink)
    subscriber.shared = true
    stream.pages.set(name, subscriber)
  }

  function admit(req: Request, { page: _name, room, ...input }: StreamPage): Promise<Admission> {
    return subscriptions.admit(req, room, input)
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

  async function open(
    req: Request,
    res: Response,
    pages: z.infer<typeof openStreamInput>['pages'],
  ): Promise<undefined> {
    const id = newStreamId(node)
    const release = limits.hold(req.ip ?? '')
    const sink = new EventStreamWriter(req, res, () => {
      release()
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
      try {
        const admission = await admit(req, checkValue(streamPage, page, 'page'))
        // The connection may have gone meanwhile: nobody would take the page out again.
        if (!streams.has(id)) return undefined
        addPage(stream, page.page, admission)
      } catch (error) {
        sink.write(refusal(page.page, error))
      }
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
      errors: ['bad-json', 'invalid-input', 'too-many-requests'],
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
      success: { status: 202, description: 'Its events follow in the stream.', schema: answer({}) },
      errors: ['not-found', 'forbidden', 'unauthenticated', 'token-expired', 'too-many-requests'],
      async handle({ req, params, body }) {
        const admission = await admit(req, body)
        await whereItIs('page.add', { stream: params.stream, name: body.page, admission }, add)
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
      async handle({ params }) {
        await whereItIs('page.remove', { stream: params.stream, name: params.page }, remove)
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
