import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { shake } from './bundle.ts'

export interface Size {
  what: string
  /** After gzip -9. */
  bytes: number
  /** Must be less than this. */
  limit: number
}

/** The stricter of the two meanings. */
const KB = 1000

/** Measures each way of using the library built in `out`. */
export async function checkSizes(out: string): Promise<Size[]> {
  const gzipped = (code: string) => gzipSync(code, { level: 9 }).length
  const module = resolve(out, 'index.mjs')
  return [
    { what: 'createParser alone', bytes: gzipped(await shake(module, ['createParser'])), limit: 2 * KB },
    { what: 'EventSource alone', bytes: gzipped(await shake(module, ['EventSource'])), limit: 4 * KB },
    {
      what: 'createEventStream alone',
      bytes: gzipped(await shake(module, ['createEventStream'])),
      limit: 5 * KB,
    },
    { what: 'index.mjs', bytes: gzipped(await readFile(module, 'utf8')), limit: 6 * KB },
    {
      what: 'sse-client.min.js',
      bytes: gzipped(await readFile(resolve(out, 'sse-client.min.js'), 'utf8')),
      limit: 9 * KB,
    },
  ]
}
