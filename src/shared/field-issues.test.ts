import { expect, test } from 'vitest'
import { z } from 'zod'
import { username } from './account.ts'
import { emoteName } from './emote.ts'
import { fieldIssue } from './field-issue.ts'
import { fieldIssues } from './field-issues.ts'
import { LIMITS } from './limits.ts'
import { lineLook } from './line-look.ts'
import { messageData, speakerName } from './message.ts'
import { phraseInput } from './phrase.ts'

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
  ['of another type', { must: 5 }, { path: ['must'], reason: 'text-wanted' }],
  ['of words for a number', { rate: 'x' }, { path: ['rate'], reason: 'number-wanted' }],
  ['that is no list', { names: {} }, { path: ['names'], reason: 'list-wanted' }],
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

test.each([
  ['the name of an emote', emoteName, 'a b', 'emote-name'],
  ['the address of a picture', lineLook, { avatar: 'javascript:alert(1)' }, 'picture-address'],
  ['a colour', lineLook, { color: 'no colour' }, 'colour'],
  ['a line that is too long', messageData, { message: '字'.repeat(LIMITS.messageBytes) }, 'too-many-bytes'],
  ['a phrase that is too long', phraseInput, { text: '字'.repeat(LIMITS.messageBytes) }, 'too-many-bytes'],
])('%s: its own rule has a reason too', (_, schema, input, reason) => {
  expect(fieldIssues(schema.safeParse(input).error!.issues, input)).toMatchObject([{ reason }])
})

test('a limit of a rule of its own is told', () => {
  const input = { text: '字'.repeat(LIMITS.messageBytes) }
  const [issue] = fieldIssues(phraseInput.safeParse(input).error!.issues, input)
  expect(issue).toMatchObject({ path: ['text'], limit: LIMITS.messageBytes })
})
