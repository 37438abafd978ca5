/** What anybody may know of a server. */
export interface ServerInfo {
  version: string
  /** The server runs inside the desktop app. */
  desktop: boolean
  /** The first account is still to be made. */
  setupNeeded: boolean
}
