import { type BrowserWindow, dialog, type Session, shell } from 'electron'

/**
 * What no page of ours may do, whatever it loads: leave our server, open windows, ask the system for camera, files or
 * devices (Electron's security checklist, points 5, 13, 14 and 15).
 */
export interface PageRules {
  /** Asked at each navigation, as the server's address can change. */
  mayShow(url: URL): boolean
  /** A link to elsewhere: null refuses it silently. */
  onForeignLink: ((url: URL) => void) | null
}

export function confine(window: BrowserWindow, rules: PageRules): void {
  const { webContents } = window
  const mayShow = ({ url }: { url: string }) => URL.canParse(url) && rules.mayShow(new URL(url))
  const refuse = (details: { url: string; preventDefault(): void }) => {
    if (mayShow(details)) return
    details.preventDefault()
    if (URL.canParse(details.url)) rules.onForeignLink?.(new URL(details.url))
  }
  webContents.on('will-navigate', refuse)
  webContents.on('will-redirect', details => {
    if (details.isMainFrame) refuse(details)
    else if (!mayShow(details)) details.preventDefault()
  })
  webContents.on('will-frame-navigate', details => {
    // A page in a page could look like ours: only our own server's pages may be framed (the live preview). It is no link that somebody
    // clicked, so nobody is asked.
    if (!details.isMainFrame && !mayShow(details)) details.preventDefault()
  })
  webContents.on('will-attach-webview', event => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url)) rules.onForeignLink?.(new URL(url))
    return { action: 'deny' }
  })
}

/** What pages use for themselves: copying by a button, sound, full screen. Nothing else of the system. */
const ALLOWED = new Set(['clipboard-sanitized-write', 'fullscreen'])

export function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(ALLOWED.has(permission)))
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** For pages over a game: no permission, and no file that a dialog would ask a place for. */
export function refuseRequests(session: Session): void {
  refusePermissions(session)
  session.on('will-download', event => event.preventDefault())
}

export interface LinkWords {
  linkTitle: string
  open: string
  cancel: string
}

/** Opens a web page in the user's browser, after asking: the address may come from what viewers wrote. */
export async function openLink(url: URL, words: LinkWords): Promise<void> {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: words.linkTitle,
    detail: url.href.slice(0, 500),
    buttons: [words.open, words.cancel],
    defaultId: 0,
    cancelId: 1,
  })
  if (response === 0) await shell.openExternal(url.href)
}
