import { fetchSentence, type Sentence } from './hitokoto.ts'
import { SENTENCES } from './sentences.ts'

/** Where the sentences of the fallback come from. */
export interface SentenceSource {
  /** Never rejects: where the API gives none, one of our own. */
  next(): Promise<Sentence>
}

export interface SentenceSourceOptions {
  url: string
  /** Milliseconds after a failure before the API is asked again; doubles up to `maxBackoff`. */
  backoff?: number
  maxBackoff?: number
}

/** 一言 is run as a charity: when it fails it is left alone for longer each time, and our own sentences are shown. */
export function createSentenceSource({
  url,
  backoff = 60_000,
  maxBackoff = 960_000,
}: SentenceSourceOptions): SentenceSource {
  let failures = 0
  let askAgainAt = 0
  let turn = Math.floor(Math.random() * SENTENCES.length)

  return {
    async next() {
      if (performance.now() >= askAgainAt) {
        try {
          const sentence = await fetchSentence(url)
          failures = 0
          return sentence
        } catch {
          askAgainAt = performance.now() + Math.min(backoff * 2 ** failures, maxBackoff)
          failures++
        }
      }
      turn = (turn + 1) % SENTENCES.length
      return { id: `own-${turn}`, text: SENTENCES[turn]!, from: '' }
    },
  }
}
