import type { AddressInfo } from 'node:net'
import { createChannel, createSession } from 'better-sse'
import express from 'express'
import { eventOf } from './event.ts'

/** better-sse as its documentation has it: a channel with each session, `broadcast` for each message. */
const channel = createChannel()
let seq = 0

const app = express()
app.get('/events', async (req, res) => {
  channel.register(await createSession(req, res, { serializer: text => text as string }))
})
app.post('/publish', express.json(), (req, res) => {
  const { id, json } = eventOf(++seq, req.body)
  channel.broadcast(json, 'message', { eventId: id })
  res.status(202).json({ id })
})
const server = app.listen(0, '127.0.0.1', 4096, () => console.log((server.address() as AddressInfo).port))
