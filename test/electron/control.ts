import { state } from './stand-in/state.ts'

export interface Question {
  id: number
  source: string
  arg: unknown
}

export type Answer = { id: number; value?: unknown; error?: string } | { endpoint: string }

/** Lets the test that forked this process run functions in it, as Playwright's `electronApp.evaluate` does. */
export function serveTest(electron: { app: { whenReady(): Promise<void> } }): void {
  if (!process.send) return
  const reply = (answer: Answer) => {
    if (process.connected) process.send?.(answer)
  }
  electron.app.whenReady().then(() => reply({ endpoint: state.chromium?.endpoint ?? '' }))
  process.on('message', async ({ id, source, arg }: Question) => {
    try {
      // biome-ignore lint/security/noGlobalEval: the question comes from the test that started this process
      const ask = globalThis.eval(`(${source})`) as (electron: object, arg: unknown) => unknown
      reply({ id, value: structuredClone(await ask(electron, arg)) })
    } catch (error) {
      reply({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  })
  process.channel?.unref()
}
