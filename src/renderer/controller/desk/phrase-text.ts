import type { Phrase } from '../../../shared/phrase.ts'
import { dateStamp, twoDigits } from '../lib/date-stamp.ts'

export interface PhraseValues {
  /** By name, without braces. */
  variables: Record<string, string>
  now: Date
  /** For `{1}`, `{2}` …: what was typed after the phrase. */
  positional?: string[]
}

/**
 * Fills in `{time}`, `{date}`, `{1}` and the user's own variables. What has no value stays as it stands, so that
 * the gap is seen; `{{` is a brace. `{base|reading}` is the markup's ruby and none of ours.
 */
export function expandPhrase(text: string, { variables, now, positional = [] }: PhraseValues): string {
  return text.replace(/\{\{|\{([^{}\s|]{1,40})\}/g, (whole, name: string | undefined) => {
    if (name === undefined) return '{'
    if (name === 'time') return `${twoDigits(now.getHours())}:${twoDigits(now.getMinutes())}`
    if (name === 'date') return dateStamp(now)
    if (/^[1-9]$/.test(name)) return positional[Number(name) - 1] ?? whole
    return Object.hasOwn(variables, name) ? variables[name]! : whole
  })
}

/** Names of the variables in a text that only the user can fill in, in order, once each. */
export function openVariables(text: string, variables: Record<string, string>): string[] {
  const names = [...text.replaceAll('{{', '').matchAll(/\{([^{}\s|]{1,40})\}/g)].map(match => match[1]!)
  return [...new Set(names)].filter(
    name => name !== 'time' && name !== 'date' && !(variables[name] && Object.hasOwn(variables, name)),
  )
}

/** The best match for a few letters: a title or text that begins with them, else one that contains them. */
export function findPhrase(phrases: Phrase[], query: string): Phrase | undefined {
  const wanted = query.toLowerCase()
  const names = (phrase: Phrase) => [phrase.title.toLowerCase(), phrase.text.toLowerCase()]
  return (
    phrases.find(phrase => names(phrase).some(name => name !== '' && name.startsWith(wanted))) ??
    phrases.find(phrase => names(phrase).some(name => name.includes(wanted)))
  )
}
