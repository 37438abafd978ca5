export { createFallback, FALLBACK_ROOM, type Fallback } from './fallback.ts'
