import type { Response } from 'express'

/**
 * Answers with a file that somebody uploaded. Its address names its content, or its version: it is fetched once.
 * Whatever a browser may make of it when opened on its own, it runs nothing.
 */
export function sendUploaded(res: Response, { type, content }: { type: string; content: Buffer }): void {
  res
    .status(200)
    .set({
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'cross-origin',
    })
    .end(content)
}
