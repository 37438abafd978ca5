import type { Page } from '@playwright/test'
import type { BridgeInput, BridgeName, BridgeOutput, BridgeResult } from '../../src/preload/bridge.ts'

/** Calls the bridge as the page does. */
export function ask<Name extends BridgeName>(
  page: Page,
  name: Name,
  input?: BridgeInput<Name>,
): Promise<BridgeResult<BridgeOutput<Name>>> {
  return page.evaluate(
    ([asked, given]) => {
      const call = window.desktop?.call as unknown as (name: string, input: unknown) => Promise<never>
      return call(asked as string, given)
    },
    [name, input] as const,
  )
}

/** The same, where a refusal is a failure of the test. */
export async function get<Name extends BridgeName>(
  page: Page,
  name: Name,
  input?: BridgeInput<Name>,
): Promise<BridgeOutput<Name>> {
  const answer = await ask(page, name, input)
  if (!answer.ok) throw new Error(`${name}: ${answer.code}: ${answer.msg}`)
  return answer.value
}
