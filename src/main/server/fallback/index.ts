export { createFallback, FALLBACK_ROOM, type Fallback } from './fallback.ts'
export { createQuotes, type Quotes } from './quotes.ts'
export { createSentenceSource } from './source.ts'
