import { useDesk, useSession } from '../../desk/context.ts'

/** Writes down versions and state, and nothing that signs in or that somebody typed. */
export function useDiagnostics(): () => string {
  const desk = useDesk()
  const session = useSession()
  return () => {
    const { server } = session.store.getState()
    const { players, controllers, clockOffset } = desk.players.store.getState()
    return JSON.stringify(
      {
        time: new Date().toISOString(),
        version: server?.version,
        desktop: server?.desktop,
        browser: navigator.userAgent,
        secureContext: window.isSecureContext,
        connection: desk.connection.getState(),
        clockOffset,
        unsent: desk.outbox.store.getState().entries.map(({ state, failure }) => ({ state, failure })),
        controllers,
        players: players.map(({ place, since, backlogBytes, userAgent, report }) => ({
          place,
          since: new Date(since).toISOString(),
          backlogBytes,
          userAgent,
          report: report && {
            ...report,
            // Their names and addresses are what somebody typed.
            problems: report.problems.map(problem => (typeof problem === 'string' ? 'text' : problem.code)),
          },
        })),
        settings: desk.room.store.getState().settings,
      },
      null,
      2,
    )
  }
}
