import { app } from 'electron'
import { findDeepLink, SCHEME } from './deep-link.ts'

export interface DeepLinkOptions {
  openController(room?: string): void
  exists(room: string): Promise<boolean>
  refuse(): void
  unknown(room: string): void
}

/** Links and second starts: both bring the controller to the front. */
export function onDeepLink(
  argv: string[],
  { openController, exists, refuse, unknown }: DeepLinkOptions,
): void {
  app.setAsDefaultProtocolClient(SCHEME)

  async function follow(args: string[]): Promise<void> {
    const link = findDeepLink(args)
    if (link === undefined) return
    if (link.kind === 'refused') return refuse()
    if (await exists(link.room)) openController(link.room)
    else unknown(link.room)
  }

  app.on('second-instance', (_event, args) => {
    openController()
    void follow(args)
  })
  // macOS sends links as events.
  app.on('open-url', (event, url) => {
    event.preventDefault()
    openController()
    void follow([url])
  })
  void follow(argv)
}
