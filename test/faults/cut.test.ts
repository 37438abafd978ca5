import { connect } from 'node:net'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../support/server.ts'
import { isLong } from './scale.ts'

let server: TestServer
let all: string[]
beforeAll(async () => {
  server = await startTestServer()
  all = []
  for (const message of ['first', '二つ目 🎈\nwith a second line', 'third']) {
    const response = await server.api('POST', '/rooms/lobby/messages', { speaker: '人', data: { message } })
    all.push((await response.json()).message.id)
  }
})
afterAll(() => server.dispose())

/** Reads a stream's raw bytes, and cuts the connection when `bytes` of its body have come, or `enough` says so. */
function readBody(after: string, bytes: number, enough: (body: Buffer) => boolean): Promise<Buffer> {
  const { hostname, port } = new URL(server.url)
  return new Promise((resolve, reject) => {
    let raw = Buffer.alloc(0)
    const socket = connect({ host: hostname, port: Number(port) }, () =>
      // HTTP/1.0: the body is the stream as it is, without chunks, so that a byte counted is a byte of a frame.
      socket.write(
        `GET /api/v1/rooms/lobby/events?since=${after || 'all'} HTTP/1.0\r\nHost: ${hostname}:${port}\r\n\r\n`,
      ),
    )
    socket.on('data', chunk => {
      raw = Buffer.concat([raw, chunk])
      const head = raw.indexOf('\r\n\r\n')
      if (head === -1) return
      const body = raw.subarray(head + 4)
      if (body.length < bytes && !enough(body)) return
      socket.destroy()
      resolve(body.subarray(0, bytes))
    })
    socket.on('error', reject)
  })
}

const idsOf = (body: Buffer): string[] => {
  const ids: string[] = []
  createParser({ onEvent: ({ event, id }) => event === undefined && ids.push(id!) }).feed(
    body.toString('utf8'),
  )
  return ids
}

test('cut at every byte of every frame, the client has each message once after it comes back', async () => {
  const whole = await readBody('', Number.POSITIVE_INFINITY, body => idsOf(body).length === all.length)
  const firstFrame = whole.indexOf('id: ')
  expect(idsOf(whole)).toEqual(all)
  // The hello before the first message differs in its length from connection to connection (ids, times): from the
  // first frame's beginning on, some bytes more are cut so that the end is reached in any case.
  const cuts = Array.from({ length: whole.length - firstFrame + 40 }, (_, i) => firstFrame - 20 + i)
  const chosen = isLong ? cuts : cuts.filter((_, i) => i % 7 === 0)
  const one = async (cut: number) => {
    const before = idsOf(await readBody('', cut, body => idsOf(body).length === all.length))
    const missing = all.slice(before.length)
    if (missing.length === 0) return expect(before).toEqual(all)
    const rest = await readBody(
      before.at(-1) ?? '',
      Number.POSITIVE_INFINITY,
      body => idsOf(body).length === missing.length,
    )
    expect([...before, ...idsOf(rest)], `cut at byte ${cut}`).toEqual(all)
  }
  for (let i = 0; i < chosen.length; i += 20) await Promise.all(chosen.slice(i, i + 20).map(one))
})
