export { createFallback, FALLBACK_ROOM, type Fallback } from './fallback.ts'
export { createQuotes } from './quotes.ts'
export { createSentenceSource } from './source.ts'
