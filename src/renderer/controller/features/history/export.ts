import type { Message } from '../../../../shared/message.ts'
import { readableText } from '../../desk/message-text.ts'

export type ExportFormat = 'json' | 'csv' | 'text'

/** RFC 4180; a cell that a spreadsheet would take for a formula begins with an apostrophe. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** @param messages oldest first. */
export function formatMessages(messages: Message[], format: ExportFormat): string {
  if (format === 'json') return `${JSON.stringify(messages, null, 2)}\n`
  if (format === 'text')
    return messages
      .map(({ speaker, data }) => (speaker ? `${speaker}: ` : '') + readableText(data))
      .map(line => `${line}\n`)
      .join('')
  const rows = messages.map(({ id, time, speaker, data }) =>
    [id, new Date(time).toISOString(), speaker, readableText(data)].map(cell).join(','),
  )
  // The mark makes Excel read UTF-8.
  return `\uFEFF${['id,time,speaker,text', ...rows].join('\r\n')}\r\n`
}
