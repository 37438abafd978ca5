import { parseArgs } from 'node:util'
import { startFakeModel } from './fake-model.ts'
import { streamToOverlay } from './stream-to-overlay.ts'

/**
 * Asks a language model and types its answer on the overlay while it is being written.
 *
 *     SM_TOKEN=… npm start -- --fake "讲个笑话"
 *     SM_TOKEN=… OPENAI_API_KEY=… npm start -- --model gpt-4o-mini "讲个笑话"
 *
 * Any OpenAI-compatible service does: --api http://localhost:11434/v1 is Ollama on this machine.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    api: { type: 'string', default: 'https://api.openai.com/v1' },
    model: { type: 'string', default: 'gpt-4o-mini' },
    server: { type: 'string', default: process.env.SM_URL ?? 'http://localhost:8000' },
    room: { type: 'string', default: 'lobby' },
    speaker: { type: 'string', default: 'AI' },
    fake: { type: 'boolean', default: false },
  },
})
const prompt = positionals.join(' ')
const token = process.env.SM_TOKEN
if (!prompt || !token) {
  console.error('usage: SM_TOKEN=<the token that the controller shows> npm start -- [--fake] PROMPT')
  process.exit(2)
}

const fake = values.fake ? await startFakeModel() : undefined
try {
  const text = await streamToOverlay({
    api: fake?.url ?? values.api,
    apiKey: process.env.OPENAI_API_KEY ?? '',
    model: values.model,
    prompt,
    server: values.server,
    token,
    room: values.room,
    speaker: values.speaker,
  })
  console.log(text)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
} finally {
  fake?.close()
}
