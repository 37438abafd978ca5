import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CDPSession } from '@playwright/test'
import { mainWorldShim, preloadWorldShim } from './bridge-shim.ts'

export interface PreloadWorld {
  /** To the newest document; lost when none listens yet, as in Electron. */
  send(channel: string, args: unknown[]): void
}

export interface FromPage {
  kind: 'invoke' | 'send'
  id: number
  channel: string
  args: unknown[]
}

/** Runs `preload` in an isolated world of every document that `cdp`'s page opens, and carries its IPC. */
export async function openPreloadWorld(
  cdp: CDPSession,
  preload: string,
  onMessage: (message: FromPage) => Promise<unknown>,
): Promise<PreloadWorld> {
  const world = `preload-${randomUUID()}`
  const secret = `bridge-${randomUUID()}`
  const transport = `toMain${randomUUID().replaceAll('-', '')}`
  let context: number | undefined
  const deliver = (target: number | undefined, message: object) => {
    if (target === undefined) return
    const expression = `${transport}Deliver(${JSON.stringify(message)})`
    // The document may be gone by now: then nobody waits for this.
    cdp.send('Runtime.evaluate', { expression, contextId: target }).catch(() => undefined)
  }
  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== transport) return
    context = executionContextId
    const parsed = JSON.parse(payload) as FromPage | { kind: 'ready' }
    if (parsed.kind === 'ready') return
    const message = { ...parsed, args: parsed.args.map(decode) }
    const answer = onMessage(message)
    if (message.kind !== 'invoke') return
    answer.then(
      value => deliver(executionContextId, { kind: 'answer', id: message.id, value }),
      (error: Error) => {
        const text = `Error invoking remote method '${message.channel}': ${error}`
        deliver(executionContextId, { kind: 'answer', id: message.id, message: text })
      },
    )
  })
  await cdp.send('Runtime.enable')
  await cdp.send('Page.enable')
  await cdp.send('Runtime.addBinding', { name: transport, executionContextName: world })
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(${mainWorldShim})(${JSON.stringify(secret)})`,
  })
  const wrapped = `(require, module, exports, process) => {\n${readFileSync(preload, 'utf8')}\n}`
  const info = JSON.stringify({ platform: process.platform, sandboxed: true, type: 'renderer' })
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: world,
    source: `if (window === window.top) ${transport}('{"kind":"ready"}');
(${preloadWorldShim})(${JSON.stringify(secret)}, ${JSON.stringify(transport)}, ${wrapped}, ${info})`,
  })
  return { send: (channel, args) => deliver(context, { kind: 'send', channel, args: structuredClone(args) }) }
}

function decode(value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$undefined' in value ? undefined : value
}
