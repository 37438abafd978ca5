import { ApiError } from '../errors.ts'
import type { Listener } from '../http/listener.ts'
import { createTurns } from '../limits/turns.ts'
import type { Database } from '../store/index.ts'

const SETTING = 'open-to-lan'
const LOOPBACK = '127.0.0.1'
const EVERYWHERE = '0.0.0.0'

/** Whether other machines reach this server: a switch, unless HOST says it. */
export interface LanSwitch {
  readonly fixed: boolean
  isOpen(): boolean
  /** Takes effect at once and is kept. @throws ApiError `conflict` where HOST says it. */
  set(open: boolean): Promise<void>
}

/** @returns the address to listen on: HOST where it is given, else what the switch was set to last. */
export async function hostToListenOn(
  db: Database,
  { host, hostFixed }: { host: string; hostFixed: boolean },
): Promise<string> {
  if (hostFixed) return host
  const row = await db
    .selectFrom('server_settings')
    .select('value')
    .where('name', '=', SETTING)
    .executeTakeFirst()
  return row?.value === 'true' ? EVERYWHERE : LOOPBACK
}

export function createLanSwitch(db: Database, listener: () => Listener, fixed: boolean): LanSwitch {
  async function keep(open: boolean): Promise<void> {
    const value = String(open)
    await db
      .insertInto('server_settings')
      .values({ name: SETTING, value })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ value }))
      .execute()
  }

  async function change(open: boolean): Promise<void> {
    // Written down first: where the disk is full, nothing has been opened.
    const before = listener().host !== LOOPBACK
    await keep(open)
    try {
      await listener().move(open ? EVERYWHERE : LOOPBACK)
    } catch (error) {
      await keep(before)
      throw error
    }
  }

  /** Two moves at once would each take the other's port for taken. */
  const inTurn = createTurns()

  return {
    fixed,
    isOpen: () => listener().host !== LOOPBACK,
    async set(open) {
      if (fixed) {
        throw new ApiError(
          'conflict',
          'HOST says where this server listens: change it there (the desktop app: in its settings)',
        )
      }
      await inTurn('', () => change(open))
    },
  }
}
