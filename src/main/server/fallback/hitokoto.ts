import { z } from 'zod'

/** One sentence to show. */
export interface Sentence {
  id: string
  text: string
  /** Work or person it is from; empty = unknown. */
  from: string
}

/** What the 一言 API answers; more fields come with it. */
const answer = z.object({
  uuid: z.string().max(64),
  hitokoto: z.string().min(1).max(500),
  from: z.string().max(200).nullish(),
  from_who: z.string().max(200).nullish(),
})

/** Milliseconds after which an answer is not waited for any more. */
const TIMEOUT = 5_000
/** Bytes: an answer is a few hundred. */
const MAX_ANSWER = 64 * 1024

/** Asks the 一言 (hitokoto) API for one sentence. @throws where it does not answer in time, or not sensibly. */
export async function fetchSentence(url: string): Promise<Sentence> {
  const response = await fetch(url, {
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT),
  })
  if (!response.ok) throw new Error(`hitokoto answered ${response.status}`)
  const sentence = answer.parse(JSON.parse(await readText(response)))
  const from = [sentence.from_who, sentence.from && `「${sentence.from}」`].filter(Boolean).join(' ')
  return { id: sentence.uuid, text: sentence.hitokoto, from }
}

/** As `response.text()`, which would take whatever comes. @throws for more than an answer can be. */
async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > MAX_ANSWER) throw new Error('hitokoto answered too much')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
