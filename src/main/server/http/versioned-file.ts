import { z } from 'zod'
import { ApiError } from '../errors.ts'

/**
 * The schema of a file as a request's body. A file of another kind, or of a newer program, is refused in words before
 * its content is looked at.
 * @param kind as the file says itself
 * @param version the newest that this program reads
 */
export function versionedFile<Schema extends z.ZodType>(kind: string, version: number, schema: Schema) {
  return z.preprocess(file => {
    const head = (file ?? {}) as { kind?: unknown; version?: unknown }
    if (head.kind !== kind) throw new ApiError('wrong-file', `this is no file of the kind ${kind}`)
    if (typeof head.version === 'number' && head.version > version)
      throw new ApiError(
        'newer-version',
        `the file is from a newer version (${head.version}; this program reads ${version}): update first`,
      )
    return file
  }, schema)
}
