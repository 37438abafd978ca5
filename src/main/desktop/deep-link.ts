export const SCHEME = 'streaming-message'

export type DeepLink = { kind: 'room'; room: string } | { kind: 'refused' }

/**
 * `streaming-message://room/<id>` opens the controller at a room of this machine, and nothing more: any web page can
 * send one, so it names no server, carries no text and starts no action.
 *
 * @returns undefined where no argument is a link of ours
 */
export function findDeepLink(args: string[]): DeepLink | undefined {
  const link = args.find(one => one.toLowerCase().startsWith(`${SCHEME}:`))
  if (link === undefined) return undefined
  const match = /^streaming-message:\/\/room\/([a-z0-9]{1,32})\/?$/i.exec(link)
  return match?.[1] ? { kind: 'room', room: match[1].toLowerCase() } : { kind: 'refused' }
}
