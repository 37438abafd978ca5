import type { Message } from '../../../shared/message.ts'

/**
 * The Idempotency-Key of a line that a controller has sent: the outbox puts it into `meta.line`, so that the stream tells what
 * became of a line whose answer got lost.
 * @returns undefined for a line of another program, which puts into `meta` what it likes
 */
export function lineKey({ meta }: Pick<Message, 'meta'>): string | undefined {
  return meta && typeof meta === 'object' && 'line' in meta && typeof meta.line === 'string'
    ? meta.line
    : undefined
}
