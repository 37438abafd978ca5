import { createEventStream } from '../../src/sse-client/index.ts'

/**
 * Prints prices until it is stopped.
 *
 *     npm run client -- [http://localhost:8888/price]
 */
const url = process.argv[2] ?? 'http://localhost:8888/price'
const stream = createEventStream({
  url,
  onConnect: () => console.log(`connected to ${url}`),
  onDisconnect: () => console.log('cut off; it comes back by itself'),
})
process.once('SIGINT', () => stream.close())

for await (const { type, data } of stream) console.log(type.padEnd(6), data)
