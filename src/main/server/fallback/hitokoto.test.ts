import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { fetchSentence } from './hitokoto.ts'

test('an answer that does not end is refused as soon as it is too long', { timeout: 20_000 }, async () => {
  const api = createServer((_request, response) => void response.write('x'.repeat(100_000)))
  await new Promise<void>(done => api.listen(0, '127.0.0.1', done))
  try {
    const { port } = api.address() as AddressInfo
    await expect(fetchSentence(`http://127.0.0.1:${port}/`)).rejects.toThrow('hitokoto answered too much')
  } finally {
    api.closeAllConnections()
    api.close()
  }
})
