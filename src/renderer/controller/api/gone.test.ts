import { expect, test } from 'vitest'
import { gone } from './gone.ts'
import type { Failure } from './request.ts'

const answer = (reason: Failure['reason'], status: number) =>
  gone(Promise.resolve({ ok: false, failure: { reason, status, message: '' } }))

test('what another desk has deleted already is deleted; another failure, or another server’s answer, is not that', async () => {
  expect((await answer('not-found', 404)).ok).toBe(true)
  expect((await answer('unknown-room', 404)).ok).toBe(true)
  expect((await answer('bad-answer', 404)).ok).toBe(false)
  expect((await answer('forbidden', 403)).ok).toBe(false)
})
