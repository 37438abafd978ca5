import { expect, test } from 'vitest'
import { createRequest, isPassing } from './request.ts'

const credentials = { token: () => null, renew: async () => false }
const ask = (body: BodyInit | null, status: number) =>
  createRequest(credentials, async () => new Response(body, { status }))('/api/v1/rooms')

test("a page of somebody else's with a good status is no answer: the line is tried again, not taken as sent", async () => {
  const answer = await ask('<html>Please accept the terms of this hotel</html>', 200)
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'bad-answer', status: 200 } })
  expect(!answer.ok && isPassing(answer.failure)).toBe(true)
})

test('an answer that breaks off in the middle counts as none', async () => {
  const broken = new ReadableStream({ start: stream => stream.error(new TypeError('network error')) })
  const answer = await ask(broken, 201)
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'offline', status: 0 } })
})

test('an answer without a body is a good one', async () => {
  expect(await ask(null, 204)).toEqual({ ok: true, value: undefined })
})

test("an error page that is not the server's says its status", async () => {
  const answer = await ask('<html>Not here</html>', 404)
  expect(answer).toMatchObject({ ok: false, failure: { reason: 'bad-answer', status: 404 } })
  expect(!answer.ok && isPassing(answer.failure)).toBe(false)
})
