import type { z } from 'zod'
import { FIELD_REASONS, type FieldIssue, type FieldReason } from './field-issue.ts'

type Issue = z.core.$ZodIssue

/** A form that says nothing but which characters there may be, such as `/^[a-z]*$/`. */
const ONLY_CHARACTERS = /^\/\^\[(?:\\.|[^\\\]])+\][*+]\$\/[a-z]*$/

/** What a value of the wrong type should have been. */
const WANTED: Partial<Record<string, FieldReason>> = {
  string: 'text-wanted',
  number: 'number-wanted',
  int: 'number-wanted',
  boolean: 'switch-wanted',
  array: 'list-wanted',
  object: 'object-wanted',
  record: 'object-wanted',
}

/** Fields that are told of. */
const MAX_ISSUES = 10

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  )
}

function sizeReason(issue: Issue & { code: 'too_big' | 'too_small' }): Pick<FieldIssue, 'reason' | 'limit'> {
  const isBig = issue.code === 'too_big'
  const limit = Number(isBig ? issue.maximum : issue.minimum)
  if (issue.origin === 'string')
    return !isBig && limit === 1 ? { reason: 'missing' } : { reason: isBig ? 'too-long' : 'too-short', limit }
  if (issue.origin === 'array') return { reason: isBig ? 'too-many' : 'too-few', limit }
  // A bound that is itself out of range would be said wrong.
  return issue.inclusive === false
    ? { reason: 'wrong-form' }
    : { reason: isBig ? 'too-high' : 'too-low', limit }
}

/** A refinement says by `params: { reason, limit }` what only it knows. */
function ownReason(params: Record<string, unknown> | undefined): Pick<FieldIssue, 'reason' | 'limit'> {
  const reason = FIELD_REASONS.find(known => known === params?.reason)
  if (!reason) return {}
  return typeof params?.limit === 'number' ? { reason, limit: params.limit } : { reason }
}

function reasonOf(issue: Issue, value: unknown): Pick<FieldIssue, 'reason' | 'limit'> {
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return sizeReason(issue)
    case 'invalid_type':
      if (at(value, issue.path) === undefined) return { reason: 'missing' }
      return { reason: WANTED[issue.expected] ?? 'wrong-form' }
    case 'invalid_format':
      return { reason: ONLY_CHARACTERS.test(issue.pattern ?? '') ? 'characters' : 'wrong-form' }
    case 'invalid_value':
      return { reason: at(value, issue.path) === undefined ? 'missing' : 'not-offered' }
    case 'unrecognized_keys':
      return { reason: 'unknown-field' }
    case 'custom':
      return ownReason(issue.params)
    default:
      return { reason: 'wrong-form' }
  }
}

/** What a schema found wrong with `value`, for an error's `details`. */
export function fieldIssues(issues: readonly Issue[], value: unknown): FieldIssue[] {
  return issues.slice(0, MAX_ISSUES).map(issue => ({
    path: [...issue.path, ...(issue.code === 'unrecognized_keys' ? issue.keys : [])].map(String),
    message: issue.message,
    ...reasonOf(issue, value),
  }))
}
