import { describe, expect, it } from 'vitest'
import { type StreamErrorDetails, streamError } from './errors.ts'
import { backoff } from './retry-policy.ts'

const network = streamError('network')
const status = (status: number, details: StreamErrorDetails = {}) =>
  streamError('status', { status, ...details })
const many = (draw: () => number | false) => Array.from({ length: 300 }, () => Number(draw()))

describe('backoff', () => {
  it('spreads over all of a window that doubles up to its maximum', () => {
    for (const [failures, window] of [
      [1, 1000],
      [2, 2000],
      [3, 4000],
      [6, 30_000],
      [5000, 30_000],
    ] as const) {
      const waits = many(() => backoff(network, failures))
      expect(Math.max(...waits)).toBeLessThanOrEqual(window)
      expect(Math.max(...waits)).toBeGreaterThan(window * 0.8)
      expect(Math.min(...waits)).toBeLessThan(window * 0.2)
    }
  })

  it('takes other bounds', () => {
    const waits = many(() => backoff(network, 10, undefined, { base: 10, max: 50 }))
    expect(Math.max(...waits)).toBeLessThanOrEqual(50)
  })

  it('waits at least as long as the server’s `retry:`, even beyond the maximum', () => {
    expect(Math.min(...many(() => backoff(network, 3, 2000)))).toBeGreaterThanOrEqual(2000)
    expect(many(() => backoff(network, 1, 60_000))).toEqual(Array(300).fill(60_000))
    expect(Math.max(...many(() => backoff(network, 1, 0)))).toBeLessThanOrEqual(1000)
  })

  it('reads Retry-After in seconds and as a date', () => {
    const waitAfter = (value: string) => backoff(status(503, { header: () => value }), 1)
    expect(waitAfter('40')).toBe(40_000)
    const soon = waitAfter(new Date(Date.now() + 50_000).toUTCString())
    expect(soon).toBeGreaterThan(48_000)
    expect(soon).toBeLessThanOrEqual(50_000)
    for (const nonsense of ['', 'soon', '-5', new Date(0).toUTCString()])
      expect(waitAfter(nonsense)).toBeLessThanOrEqual(1000)
  })

  it('gives up on what asking again cannot mend, and only on that', () => {
    for (const final of [204, 301, 400, 401, 403, 404, 410, 422])
      expect(backoff(status(final), 1)).toBe(false)
    for (const passing of [408, 425, 429, 500, 502, 503, 504])
      expect(backoff(status(passing), 1)).not.toBe(false)
    expect(backoff(streamError('content-type'), 1)).toBe(false)
    expect(backoff(streamError('too-large'), 1)).toBe(false)
    for (const code of ['network', 'end', 'idle', 'request'] as const)
      expect(backoff(streamError(code), 1)).not.toBe(false)
  })
})
