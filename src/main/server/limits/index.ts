export { addressKey } from './address.ts'
export { checkMessageSize } from './message-size.ts'
export { limitVariables, readLimits, type ServerLimits } from './settings.ts'
export { createStreamLimits, type StreamLimits } from './stream-limits.ts'
