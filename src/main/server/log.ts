import { type DestinationStream, type Logger, pino } from 'pino'

/** @param destination the standard error output where absent: standard output is for what a person must read. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination ?? pino.destination(2),
  )
}

const SECRET_PARAMETERS = /([?&](?:token|key|code)=)[^&#]*/gi

/** @returns the address as a log may hold it: without tokens and watch keys. */
export function withoutSecrets(url: string): string {
  return url.replace(SECRET_PARAMETERS, '$1…')
}
