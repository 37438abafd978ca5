import type { AddressInfo } from 'node:net'
import express, { type Response } from 'express'
import { eventOf, STREAM_HEAD } from './event.ts'

/** Fan-out as most tutorials have it: Express, and `res.write` for each subscriber. */
const responses = new Set<Response>()
let seq = 0

const app = express()
app.get('/events', (_req, res) => {
  res.writeHead(200, STREAM_HEAD)
  res.flushHeaders()
  responses.add(res)
  res.on('close', () => responses.delete(res))
})
app.post('/publish', express.json(), (req, res) => {
  const { id, json } = eventOf(++seq, req.body)
  const text = `id: ${id}\ndata: ${json}\n\n`
  for (const response of responses) response.write(text)
  res.status(202).json({ id })
})
const server = app.listen(0, '127.0.0.1', 4096, () => console.log((server.address() as AddressInfo).port))
