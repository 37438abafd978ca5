import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { openEventStream } from '../../src/main/server/sse/index.ts'

/** Milliseconds between two tokens. */
const PACE = 60

/** An OpenAI-compatible token stream to try the example with: it repeats the prompt, a few characters at a time. */
export async function startFakeModel(): Promise<{ url: string; close(): void }> {
  const server = createServer(async (req, res) => {
    if (req.method !== 'POST' || req.url !== '/v1/chat/completions') {
      res.writeHead(404).end()
      return
    }
    const { messages } = (await json(req)) as { messages: { content: string }[] }
    const tokens = [...`你说：「${messages.at(-1)?.content ?? ''}」。我正一个字一个字地回答你。`]
    const stream = openEventStream(req, res)
    const send = (delta: object, finish: string | null) =>
      stream.publish({ data: JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish }] }) })
    send({ role: 'assistant', content: '' }, null)
    const clock = setInterval(() => {
      const content = tokens.splice(0, 2).join('')
      if (content) send({ content }, null)
      else {
        clearInterval(clock)
        send({}, 'stop')
        stream.publish({ data: '[DONE]' })
        stream.close()
      }
    }, PACE)
    stream.closed.then(() => clearInterval(clock))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
