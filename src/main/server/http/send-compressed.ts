import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Request, Response } from 'express'

/** Ends the answer with a text that was made for this request, compressed where the client takes it. */
export async function sendCompressed(req: Request, res: Response, text: string): Promise<void> {
  res.vary('Accept-Encoding')
  if (req.acceptsEncodings('gzip') !== 'gzip') {
    res.send(text)
    return
  }
  res.setHeader('Content-Encoding', 'gzip')
  res.send(await promisify(gzip)(text))
}
