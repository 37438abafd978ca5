/**
 * The server lives in this process: an error that nobody caught in one corner must not take the stream down. It is logged and
 * shown; each feature's own state is guarded by its own code.
 */
export function surviveErrors(tell: (reason: string) => void, log: (text: string) => void): void {
  const survive = (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error)
    log(`uncaught: ${error instanceof Error ? error.stack : reason}`)
    tell(reason)
  }
  process.on('uncaughtException', survive)
  process.on('unhandledRejection', survive)
}
