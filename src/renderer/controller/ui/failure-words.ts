import type { TFunction } from 'i18next'
import { z } from 'zod'
import { type FieldIssue, fieldIssue } from '../../../shared/field-issue.ts'
import type { Failure } from '../api/request.ts'

const fieldIssues = z.array(fieldIssue).min(1)

/** @param name the innermost of the path that is no number */
type Call = (path: readonly string[], name: string) => string

/** The innermost name of a path; what stands in a list is called as the list is. */
function fieldOf(path: readonly string[]): string | undefined {
  return path.filter(part => !/^\d+$/.test(part)).pop()
}

/** One sentence about a field; null where only the server's English says what is wrong. */
function issueWords({ path, reason, limit }: FieldIssue, t: TFunction, call: Call): string | null {
  const name = fieldOf(path)
  if (name === undefined || reason === undefined) return null
  const field = call(path, name)
  // Some fields say better than the common words do what they take.
  const keys = [`fieldIssues.${reason}-${name}`, `fieldIssues.${reason}`]
  const issue = t(keys as 'fieldIssues.too-long'[], { count: limit ?? 0, limit })
  return t('fieldIssues.sentence', { field, issue })
}

/**
 * Says what is wrong with fields in the language of `t`.
 * @param call what a field is called; by the words of the forms unless said otherwise
 * @returns null where only English words say it
 */
export function issuesWords(
  issues: readonly FieldIssue[],
  t: TFunction,
  call: Call = (_, name) => t(`fields.${name}` as 'fields.name', { defaultValue: name }),
): string | null {
  const sentences = issues.map(issue => issueWords(issue, t, call))
  return sentences.includes(null) ? null : [...new Set(sentences)].join(' ')
}

function detailWords(details: unknown, t: TFunction): string | null {
  const known = fieldIssues.safeParse(details)
  return known.success ? issuesWords(known.data, t) : null
}

/** Says a failure in the language of `t`. */
export function failureWords({ reason, message, status, details }: Failure, t: TFunction): string {
  const fields = reason === 'invalid-input' ? detailWords(details, t) : null
  return fields ?? t(`failures.${reason}`, { message, status })
}

/** What a refusal says of one field, to be said beside it; null where it says nothing of that field. */
export function fieldWords({ reason, details }: Failure, field: string, t: TFunction): string | null {
  const known = reason === 'invalid-input' ? fieldIssues.safeParse(details) : null
  const own = known?.success ? known.data.filter(issue => fieldOf(issue.path) === field) : []
  return own.length > 0 ? issuesWords(own, t) : null
}
