import { useDesk, useSession } from '../../desk/context.ts'
import { desktopBridge } from '../../lib/bridge.ts'

/** Writes down versions and state, in the desktop app its own and its log too, and nothing that signs in or that somebody typed. */
export function useDiagnostics(): () => Promise<string> {
  const desk = useDesk()
  const session = useSession()
  return async () => {
    const ofApp = await desktopBridge()?.call('app.copyDiagnostics')
    const { server } = session.store.getState()
    const { players, controllers, clockOffset } = desk.players.store.getState()
    const ofPage = JSON.stringify(
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
    return ofApp?.ok ? `${ofApp.value.text}\n\n${ofPage}\n` : ofPage
  }
}
