import { expect, test } from 'vitest'
import { z } from 'zod'
import { username } from '../../../shared/account.ts'
import { fieldIssue } from '../../../shared/field-issue.ts'
import { speakerName } from '../../../shared/message.ts'
import { fieldIssues } from './field-issues.ts'

const given = z.strictObject({
  name: z.string().min(1).max(3).optional(),
  names: z.array(z.string().max(2)).min(1).max(2).optional(),
  rate: z.number().min(0.5).max(2).optional(),
  step: z.number().positive().optional(),
  url: z.url().optional(),
  kind: z.enum(['a', 'b']).optional(),
  label: speakerName.optional(),
  user: username.optional(),
  text: z
    .string()
    .refine(text => text !== 'no', 'not this')
    .optional(),
  either: z.union([z.number(), z.boolean()]).optional(),
  must: z.string(),
})

test.each<[string, Record<string, unknown>, object]>([
  ['too long', { name: 'abcd' }, { path: ['name'], reason: 'too-long', limit: 3 }],
  ['empty', { name: '' }, { path: ['name'], reason: 'missing' }],
  ['absent', { must: undefined }, { path: ['must'], reason: 'missing' }],
  ['of another type', { must: 5 }, { path: ['must'], reason: 'wrong-form' }],
  ['too many', { names: ['a', 'b', 'c'] }, { path: ['names'], reason: 'too-many', limit: 2 }],
  ['too few', { names: [] }, { path: ['names'], reason: 'too-few', limit: 1 }],
  ['too long within a list', { names: ['a', 'bcd'] }, { path: ['names', '1'], reason: 'too-long', limit: 2 }],
  ['too high', { rate: 3 }, { path: ['rate'], reason: 'too-high', limit: 2 }],
  ['too low', { rate: 0 }, { path: ['rate'], reason: 'too-low', limit: 0.5 }],
  ['at a bound that is itself not taken', { step: 0 }, { path: ['step'], reason: 'wrong-form' }],
  ['no address', { url: 'x' }, { path: ['url'], reason: 'wrong-form' }],
  ['none of the choices', { kind: 'c' }, { path: ['kind'], reason: 'not-offered' }],
  ['with a control', { label: 'a\u0001' }, { path: ['label'], reason: 'characters' }],
  ['with a blank', { user: 'a b' }, { path: ['user'], reason: 'characters' }],
  ['of no type that is taken', { either: 'x' }, { path: ['either'], reason: 'wrong-form' }],
  ['unknown', { more: 1 }, { path: ['more'], reason: 'unknown-field' }],
])('a field %s', (_, value, expected) => {
  const input = { must: 'x', ...value }
  const issues = fieldIssues(given.safeParse(input).error!.issues, input)
  expect(issues).toEqual([{ ...expected, message: expect.stringMatching(/./) }])
  expect(issues.map(issue => fieldIssue.parse(issue))).toEqual(issues)
})

test('what only the English words say has no reason', () => {
  const input = { must: 'x', text: 'no' }
  expect(fieldIssues(given.safeParse(input).error!.issues, input)).toEqual([
    { path: ['text'], message: 'not this' },
  ])
})
