import type { Page } from '@playwright/test'
import type { BridgeName } from '../../src/preload/bridge.ts'

/**
 * Makes calls of the bridge as an overlay's own preload does: its page has no bridge, and the preload's world is reached by the
 * debugger only. On the stand-in, whose transport is a function of that world.
 */
export async function askAsPreload(
  page: Page,
  calls: [name: BridgeName, input: unknown][],
): Promise<unknown[]> {
  const cdp = await page.context().newCDPSession(page)
  const worlds: { id: number; name: string }[] = []
  cdp.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context))
  await cdp.send('Runtime.enable')
  const world = worlds.find(one => one.name.startsWith('preload-'))
  if (!world) throw new Error('this page has no preload')
  const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', {
    expression: `(${invokeAll})(${JSON.stringify(calls)})`,
    contextId: world.id,
    awaitPromise: true,
    returnByValue: true,
  })
  await cdp.detach()
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value
}

/** Runs in the preload's world, sent as source text. */
function invokeAll(calls: [string, unknown][]): Promise<unknown[]> {
  const world = globalThis as unknown as Record<string, (message: unknown) => void>
  const post = Object.keys(world).find(name => /^toMain[0-9a-f]+$/.test(name)) ?? ''
  const receive = world[`${post}Deliver`]
  const waiting = new Map<number, (answer: unknown) => void>()
  world[`${post}Deliver`] = (message: unknown) => {
    const { id, value, message: failed } = message as { id: number; value?: unknown; message?: string }
    const settle = waiting.get(id)
    if (settle) settle(failed === undefined ? value : { rejected: failed })
    else receive?.(message)
  }
  return Promise.all(
    calls.map(
      ([name, input], index) =>
        new Promise(resolve => {
          const id = 1_000_000 + index
          waiting.set(id, resolve)
          world[post]?.(JSON.stringify({ kind: 'invoke', id, channel: 'bridge', args: [name, input] }))
        }),
    ),
  )
}
