import type { ChatLine } from './overlay.ts'

/** IRCv3 tags, then `:nick!user@host PRIVMSG #channel :text`. */
const PRIVMSG = /^(?:@(?<tags>\S+) )?:(?<nick>[^!\s]+)!\S+ PRIVMSG #\S+ :(?<text>.*)$/
/** A `/me` line comes wrapped as a CTCP action, between two bytes of value 1. */
const ACTION_START = '\u0001ACTION '

/** @returns the chat line in an IRC line, null for every other command. */
export function parsePrivateMessage(line: string): ChatLine | null {
  const groups = PRIVMSG.exec(line)?.groups
  if (!groups) return null
  const tags = new Map(
    (groups.tags ?? '').split(';').map(tag => {
      const [name, ...value] = tag.split('=')
      return [name!, unescapeTag(value.join('='))]
    }),
  )
  const raw = groups.text!
  const text = raw.startsWith(ACTION_START) ? raw.slice(ACTION_START.length).replaceAll('\u0001', '') : raw
  return {
    id: `twitch-${tags.get('id') ?? crypto.randomUUID()}`,
    speaker: tags.get('display-name') || groups.nick!,
    text,
  }
}

/** IRCv3 message tags, "Escaping values". */
function unescapeTag(value: string): string {
  const escapes: Record<string, string> = { ':': ';', s: ' ', '\\': '\\', r: '\r', n: '\n' }
  return value.replace(/\\(.?)/g, (_, letter: string) => escapes[letter] ?? letter)
}
