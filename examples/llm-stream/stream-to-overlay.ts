export interface StreamToOverlayOptions {
  /** Base address of an OpenAI-compatible API, such as `https://api.openai.com/v1`. */
  api: string
  /** Empty where the service asks for none. */
  apiKey: string
  model: string
  prompt: string
  /** The Streaming Message server. */
  server: string
  token: string
  room: string
  speaker: string
}

/**
 * Pipes a model's event stream into the overlay as it is: the server finds the text in it.
 * @returns the whole text. @throws where either side refuses, with what it said.
 */
export async function streamToOverlay(options: StreamToOverlayOptions): Promise<string> {
  const { api, apiKey, model, prompt, server, token, room, speaker } = options
  const answer = await fetch(`${api}/chat/completions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(apiKey ? { Authorization: `Bearer ${apiKey}` } : {}) },
    body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: prompt }] }),
  })
  if (!answer.ok || !answer.body)
    throw new Error(`the model answered ${answer.status}: ${await answer.text()}`)

  const published = await fetch(
    `${server}/api/v1/rooms/${room}/stream?speaker=${encodeURIComponent(speaker)}`,
    {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'text/event-stream' },
      body: answer.body,
      // fetch wants to be told that the body is still being written.
      duplex: 'half',
    } as RequestInit,
  )
  const result = (await published.json()) as { msg: string; message?: { data: { message: string } } }
  if (!result.message) throw new Error(`the server answered ${published.status}: ${result.msg}`)
  return result.message.data.message
}
