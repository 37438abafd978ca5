import { existsSync, readdirSync } from 'node:fs'
import { extname } from 'node:path'
import type { RequestHandler } from 'express'

/**
 * Sends the `.gz` that the build laid beside a file, to clients that take it: the page is small over a phone's
 * network, and nothing is compressed twice.
 * @param dir the folder that the handler behind this serves.
 */
export function preferCompressed(dir: string): RequestHandler {
  const compressed = new Set(existsSync(dir) ? readdirSync(dir).filter(name => name.endsWith('.gz')) : [])
  return (req, res, next) => {
    const name = req.path.slice(1)
    if (!compressed.has(`${name}.gz`)) return next()
    res.vary('Accept-Encoding')
    if (req.acceptsEncodings('gzip') !== 'gzip') return next()
    res.type(extname(name))
    res.setHeader('Content-Encoding', 'gzip')
    req.url = `${req.url.replace(/\?.*$/, '')}.gz`
    next()
  }
}
