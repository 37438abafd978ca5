import { app } from 'electron'
import { findDeepLink, SCHEME } from './deep-link.ts'
import { executable } from './executable.ts'

/** Arguments that may hold a link: of this start, of later ones, and what macOS sends as events. */
export interface LinkCatcher {
  /** What came before is told at once. */
  onArguments(listener: (args: string[], isFirst: boolean) => void): void
}

/** Must be called before Electron is ready: macOS sends the link that started the app only once. */
export function catchLinks(argv: string[]): LinkCatcher {
  const waiting: [args: string[], isFirst: boolean][] = [[argv, true]]
  let tell = (args: string[], isFirst: boolean): void => {
    waiting.push([args, isFirst])
  }
  app.on('second-instance', (_event, args) => tell(args, false))
  app.on('open-url', (event, url) => {
    event.preventDefault()
    tell([url], false)
  })
  return {
    onArguments(listener) {
      tell = listener
      for (const [args, isFirst] of waiting.splice(0)) listener(args, isFirst)
    },
  }
}

export interface DeepLinkOptions {
  openController(room?: string): void
  exists(room: string): Promise<boolean>
  refuse(): void
  unknown(room: string): void
}

/** Links and second starts bring the controller to the front; a link to a room of ours shows that room. */
export function followLinks(
  links: LinkCatcher,
  { openController, exists, refuse, unknown }: DeepLinkOptions,
): void {
  // A copy run from its sources would be registered as a bare Electron.
  if (app.isPackaged) app.setAsDefaultProtocolClient(SCHEME, executable(), [])

  links.onArguments(async (args, isFirst) => {
    const link = findDeepLink(args)
    if (!isFirst) openController()
    if (link === undefined) return
    if (link.kind === 'refused') refuse()
    else if (await exists(link.room)) openController(link.room)
    else unknown(link.room)
  })
}
