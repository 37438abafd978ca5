import type { Server } from 'node:http'
import { expect, test } from 'vitest'
import { createConnectionLimit } from '../limits/index.ts'
import { openListener } from './listener.ts'

test('connections that can’t be accepted, for want of open files, are told of once and end nothing', async () => {
  let server: Server | undefined
  const told: Error[] = []
  const listener = await openListener({
    handler(request, response) {
      server = (request.socket as unknown as { server: Server }).server
      response.end('here')
    },
    host: '127.0.0.1',
    port: 0,
    connections: createConnectionLimit(0, false),
    notAccepted: error => told.push(error),
  })
  try {
    const ask = async () => (await fetch(`http://127.0.0.1:${listener.port}/`)).text()
    await ask()
    // As node:net says it, for each attempt.
    const error = Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' })
    for (let attempt = 0; attempt < 3; attempt++) server!.emit('error', error)
    expect(told).toEqual([error])
    expect(await ask()).toBe('here')
  } finally {
    listener.stopAccepting()
    listener.closeAll()
  }
})
