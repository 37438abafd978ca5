import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createRoomClient, NoAnswer } from './room-client.ts'

const KEYED = { room: { access: 'key', watchKey: 'secret' } }

async function clientOf(status: number, body: object) {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  const close = () => new Promise(done => server.close(done))
  onTestFinished(() => void close())
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = createRoomClient({
    origin: () => origin,
    token: async () => 'token',
    room: () => 'lobby',
    onFailure: () => undefined,
    onSuccess: () => undefined,
  })
  return { client, close }
}

it('tells the key of a room that asks for one, and null where none is needed', async () => {
  expect(await (await clientOf(200, KEYED)).client.watchKey('lobby')).toBe('secret')
  const open = { room: { access: 'public', watchKey: null } }
  expect(await (await clientOf(200, open)).client.watchKey('lobby')).toBeNull()
  expect(await (await clientOf(404, { msg: 'no such room' })).client.watchKey('lobby')).toBeNull()
})

it('does not take a server that is away for a room without a key', async () => {
  const { client, close } = await clientOf(200, KEYED)
  await close()
  await expect(client.watchKey('lobby')).rejects.toBeInstanceOf(NoAnswer)
  await expect((await clientOf(503, { msg: 'stopping' })).client.watchKey('lobby')).rejects.toBeInstanceOf(
    NoAnswer,
  )
})
