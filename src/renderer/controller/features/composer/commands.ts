import { CONTROL_ACTIONS, type ControlAction } from '../../../../shared/events.ts'

/** What a slash command asks for. A text that begins with `//` is a line that begins with `/`. */
export type Command =
  | { type: 'say'; text: string }
  | { type: 'control'; action: ControlAction }
  | { type: 'undo' }
  | { type: 'speaker'; name: string }
  | { type: 'hold'; text: string }
  | { type: 'phrase'; query: string }
  | { type: 'help' }
  | { type: 'unknown'; name: string }

/** The commands with what follows them, as the help lists them. */
export const COMMANDS = [
  ...CONTROL_ACTIONS.map(name => ({ name, argument: '' as const })),
  { name: 'undo', argument: '' },
  { name: 'as', argument: 'speaker' },
  { name: 'hold', argument: 'line' },
  { name: 'p', argument: 'phrase' },
  { name: 'help', argument: '' },
] as const

/** @param text as typed; the names of commands may be in capitals */
export function parseCommand(text: string): Command {
  if (!text.startsWith('/')) return { type: 'say', text }
  if (text.startsWith('//')) return { type: 'say', text: text.slice(1) }
  const [, name = '', rest = ''] = /^\/(\S*)\s*([\s\S]*)$/.exec(text) ?? []
  const lower = name.toLowerCase()
  const action = CONTROL_ACTIONS.find(control => control === lower)
  if (action) return { type: 'control', action }
  if (lower === 'undo') return { type: 'undo' }
  if (lower === 'as' || lower === 'name') return { type: 'speaker', name: rest.trim() }
  if (lower === 'hold') return { type: 'hold', text: rest }
  if (lower === 'p') return { type: 'phrase', query: rest.trim() }
  if (lower === 'help') return { type: 'help' }
  return { type: 'unknown', name }
}
