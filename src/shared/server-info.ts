import { z } from 'zod'
import type { UploadLimits } from './asset.ts'

/** What anybody may know of a server. */
export interface ServerInfo {
  version: string
  /** The server runs inside the desktop app. */
  desktop: boolean
  /** The first account is still to be made. */
  setupNeeded: boolean
  uploads: UploadLimits
}

/** One address that pages can be opened at. */
export interface ServerAddress {
  /** Without a slash at the end. */
  url: string
  kind: 'loopback' | 'lan'
}

/** What other machines may do here: said beside the switch. */
export interface LanState {
  /** Other machines reach this server. */
  open: boolean
  /** HOST (or the desktop app's settings) says it: the switch can't be used. */
  fixed: boolean
  /** Anybody who reaches the server may watch these rooms. */
  openRooms: number
  /** Only with the watch key. */
  keyedRooms: number
  /** Who may sign in from there: accounts that have a password. */
  accounts: number
}

/** `GET /api/v1/server/addresses`, and what `POST /api/v1/server/lan` answers. */
export interface ServerAddresses {
  addresses: ServerAddress[]
  lan: LanState
  /** The server's own token for curl and bots; for its owner alone. */
  apiToken?: string
}

/** `POST /api/v1/server/lan`, by the owner. */
export const lanInput = z.strictObject({ open: z.boolean() })
