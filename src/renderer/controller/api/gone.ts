import type { Result } from './request.ts'

/** For what takes something away: where another desk was faster, it is gone as well. */
export async function gone(answer: Promise<Result<unknown>>): Promise<Result<unknown>> {
  const result = await answer
  const isGone = !result.ok && result.failure.status === 404 && result.failure.reason !== 'bad-answer'
  return isGone ? { ok: true, value: undefined } : result
}
