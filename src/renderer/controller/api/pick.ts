import type { Result } from './request.ts'

/** Takes one field out of an answer. */
export async function pick<Value, Key extends keyof Value>(
  answer: Promise<Result<Value>>,
  key: Key,
): Promise<Result<Value[Key]>> {
  const result = await answer
  return result.ok ? { ok: true, value: result.value[key] } : result
}
