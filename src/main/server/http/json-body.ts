import type { IncomingMessage } from 'node:http'
import { ApiError } from '../errors.ts'

export interface BodyOptions {
  /** Bytes. */
  limit: number
  /** Take any content type. */
  anyType: boolean
}

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request's JSON body. An empty one is `{}`.
 * @throws ApiError `unsupported-type`, `too-large` or `bad-json`.
 */
export async function readJson(req: IncomingMessage, { limit, anyType }: BodyOptions): Promise<unknown> {
  const bytes = await readBody(req, limit)
  if (bytes.length === 0) return {}
  if (!anyType && !JSON_TYPE.test(req.headers['content-type'] ?? '')) {
    throw new ApiError('unsupported-type', 'send JSON, with the header Content-Type: application/json')
  }
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    throw new ApiError('bad-json', 'the body is not valid JSON: it is not UTF-8')
  }
  if (isTooDeep(text))
    throw new ApiError('invalid-input', `the body is nested deeper than ${MAX_DEPTH} levels`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ApiError('bad-json', `the body is not valid JSON: ${(error as Error).message}`)
  }
}

/** Levels of arrays and objects. What walks a value (a schema, JSON.stringify) would run out of stack at some thousands. */
const MAX_DEPTH = 64

const QUOTE = 34
const BACKSLASH = 92
const OPENS = new Set([91, 123])
const CLOSES = new Set([93, 125])

function isTooDeep(text: string): boolean {
  if (text.length <= MAX_DEPTH) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at++
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (OPENS.has(code) && ++depth > MAX_DEPTH) return true
    else if (CLOSES.has(code)) depth--
  }
  return false
}

/** @throws ApiError `unsupported-type` for a compressed body: a few bytes of it could become a thousand times as many here. */
export function refuseCompressed(req: IncomingMessage): void {
  const coding = req.headers['content-encoding']
  if (coding === undefined || coding === '' || coding.toLowerCase() === 'identity') return
  req.resume()
  throw new ApiError('unsupported-type', 'send the body as it is, without Content-Encoding')
}

/**
 * Reads a request's body as it is. @param tooLarge says why a larger one is refused.
 * @throws ApiError `too-large`, `unsupported-type` or `request-aborted`.
 */
export async function readBody(
  req: IncomingMessage,
  limit: number,
  tooLarge = () => new ApiError('too-large', `the body is larger than ${limit} bytes`),
): Promise<Buffer> {
  refuseCompressed(req)
  const declared = Number(req.headers['content-length'] ?? 0)
  if (declared > limit) throw refuseSize(req, tooLarge)
  return readChunks(req, limit, tooLarge)
}

function readChunks(req: IncomingMessage, limit: number, tooLarge: () => ApiError): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    req.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) {
        req.removeAllListeners('data')
        reject(refuseSize(req, tooLarge))
        return
      }
      chunks.push(chunk)
    })
    const aborted = () =>
      reject(new ApiError('request-aborted', 'the client went away before its body had come'))
    req.on('end', () => {
      // `close` comes after every request; an error costs more than the rest of the reading.
      req.off('close', aborted)
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    })
    req.on('error', reject)
    req.on('close', aborted)
  })
}

/** What is still to come is read and thrown away by node:http once the answer is sent. */
function refuseSize(req: IncomingMessage, tooLarge: () => ApiError): ApiError {
  req.resume()
  return tooLarge()
}
