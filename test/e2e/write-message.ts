import type { TestServer } from '../support/server.ts'

/** A message of `bot` that is written piece by piece. */
export function writeMessage(server: TestServer) {
  let push: (text: string) => void = () => {}
  let close = () => {}
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      push = text => controller.enqueue(new TextEncoder().encode(text))
      close = () => controller.close()
    },
  })
  const answered = fetch(`${server.url}/api/v1/rooms/lobby/stream?speaker=bot`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'text/plain' },
    body,
    duplex: 'half',
  } as RequestInit)
  return {
    push,
    /** @throws where the server did not take it. */
    async end() {
      close()
      const answer = await answered
      if (!answer.ok) throw new Error(`the server answered ${answer.status}`)
    },
  }
}
