import { type DestinationStream, type Logger, pino } from 'pino'

/** @param destination the standard error output where absent: standard output is for what a person must read. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination(2),
  )
}

/** Parameters whose values tell nothing about people and open nothing. */
const HARMLESS = /^(?:room|role|place|since|last_event_id|before|limit|format)$/

/**
 * @returns the address as a log may hold it: without tokens, watch keys and messages' texts. Only values known as
 * harmless are kept, because a name can be written in many ways (`t%6Fken`).
 */
export function withoutSecrets(url: string): string {
  const [path, query] = url.split(/[?#](.*)/s, 2)
  if (!query) return path!
  const parameters = query.split(/[&#]/).map(pair => {
    const [name] = pair.split('=', 1)
    if (HARMLESS.test(name!)) return pair
    return pair.includes('=') ? `${name}=…` : '…'
  })
  return `${path}?${parameters.join('&')}`
}
