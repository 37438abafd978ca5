import { type IpcMainInvokeEvent, ipcMain } from 'electron'
import {
  type BridgeErrorCode,
  type BridgeInput,
  type BridgeName,
  type BridgeOutput,
  type BridgeResult,
  type BridgeWindow,
  bridge,
} from '../../../preload/bridge.ts'
import { ObsError } from '../obs/failures.ts'
import type { Roles } from '../windows/roles.ts'

/** What a handler may refuse with: the page gets it as a value. */
export class BridgeError extends Error {
  override readonly name = 'BridgeError'
  readonly code: BridgeErrorCode

  constructor(code: BridgeErrorCode, msg: string) {
    super(msg)
    this.code = code
  }
}

/** `id`: of the overlay that asks, empty for other windows. */
export interface Caller {
  id: string
}

export type Handlers = {
  [Name in BridgeName]: (
    input: BridgeInput<Name>,
    caller: Caller,
  ) => BridgeOutput<Name> | Promise<BridgeOutput<Name>>
}

export interface DoorOptions {
  roles: Roles
  origin(): string
  handlers: Handlers
  log(text: string): void
}

/**
 * The one door for all IPC. In comes only a call of the table, from the main frame of the window that the table names, showing
 * a page of our own server, with an input that fits. A page that slipped past the navigation rules gets nothing.
 */
export function openDoor({ roles, origin, handlers, log }: DoorOptions): () => void {
  ipcMain.handle('bridge', async (event, name: unknown, input: unknown): Promise<BridgeResult<unknown>> => {
    const caller =
      typeof name === 'string' && Object.hasOwn(bridge, name) ? admit(event, name as BridgeName) : undefined
    if (!caller) {
      log(`bridge: refused ${String(name).slice(0, 60)} from ${event.senderFrame?.url.slice(0, 100)}`)
      return { ok: false, code: 'refused', msg: 'this page may not ask that' }
    }
    const call = name as BridgeName
    const parsed = bridge[call].input.safeParse(input ?? undefined)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return { ok: false, code: 'invalid-input', msg: `${issue?.path.join('.')}: ${issue?.message}` }
    }
    return answer(call, parsed.data as BridgeInput<typeof call>, caller)
  })

  function admit({ sender, senderFrame }: IpcMainInvokeEvent, name: BridgeName): Caller | undefined {
    const known = roles.of(sender)
    if (!known || known.role !== bridge[name].from) return undefined
    // Null: the frame is gone. A parent: a page within the page.
    if (!senderFrame || senderFrame.parent !== null) return undefined
    if (!URL.canParse(senderFrame.url)) return undefined
    const url = new URL(senderFrame.url)
    return url.origin === origin() && isPageOf(known.role, url.pathname) ? { id: known.id } : undefined
  }

  async function answer<Name extends BridgeName>(
    name: Name,
    input: BridgeInput<Name>,
    caller: Caller,
  ): Promise<BridgeResult<BridgeOutput<Name>>> {
    try {
      return { ok: true, value: await handlers[name](input, caller) }
    } catch (error) {
      if (error instanceof BridgeError) return { ok: false, code: error.code, msg: error.message }
      if (error instanceof ObsError) return { ok: false, code: error.failure, msg: error.message }
      const failed = error instanceof Error ? error : new Error(String(error))
      log(`bridge: ${name} failed: ${failed.stack}`)
      return { ok: false, code: 'internal', msg: failed.message }
    }
  }

  return () => ipcMain.removeHandler('bridge')
}

/** The controller's window shows `/admin`, the quick window `/quick`; an overlay anything but those. */
function isPageOf(role: BridgeWindow, pathname: string): boolean {
  const isUnder = (folder: string) => pathname === folder || pathname.startsWith(`${folder}/`)
  if (role === 'controller') return isUnder('/admin')
  return role === 'quick' ? isUnder('/quick') : !isUnder('/admin') && !isUnder('/quick')
}
