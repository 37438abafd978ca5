import type { IncomingMessage } from 'node:http'
import { ApiError } from '../errors.ts'
import { type BodyOptions, readBody } from './json-body.ts'

const FORM_TYPE = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\s*(?:;|$)/i

export function isForm(req: IncomingMessage): boolean {
  return FORM_TYPE.test(req.headers['content-type'] ?? '')
}

/**
 * Reads a form's fields; of a field that comes twice the last counts, and files are refused.
 * @throws ApiError `too-large`, `invalid-input`.
 */
export async function readForm(
  req: IncomingMessage,
  { limit }: Pick<BodyOptions, 'limit'>,
): Promise<Record<string, string>> {
  const body = await readBody(req, limit)
  const headers = { 'Content-Type': req.headers['content-type']! }
  let form: FormData
  try {
    // Node's own parser of both kinds; the response is never sent anywhere.
    form = await new Response(new Uint8Array(body), { headers }).formData()
  } catch {
    throw new ApiError('invalid-input', 'the body is not a valid form')
  }
  const fields: Record<string, string> = {}
  for (const [name, value] of form) {
    if (typeof value !== 'string') throw new ApiError('invalid-input', `${name}: files are not taken here`)
    fields[name] = value
  }
  return fields
}
