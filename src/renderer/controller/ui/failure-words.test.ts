import { createInstance } from 'i18next'
import { describe, expect, test } from 'vitest'
import { FIELD_REASONS } from '../../../shared/field-issue.ts'
import type { Failure } from '../api/request.ts'
import { resources } from '../i18n/words/index.ts'
import { failureWords, fieldWords } from './failure-words.ts'

const LANGUAGES = ['en', 'zh-CN', 'ja'] as const

async function sayIn(language: (typeof LANGUAGES)[number], details: unknown): Promise<string> {
  const i18n = createInstance()
  await i18n.init({ lng: language, fallbackLng: false, resources, interpolation: { escapeValue: false } })
  const failure: Failure = { reason: 'invalid-input', status: 400, message: 'body.name: English', details }
  return failureWords(failure, i18n.t)
}

const issue = (reason: string, limit?: number, path = ['name']) => [
  { path, message: 'English', reason, ...(limit !== undefined && { limit }) },
]

describe('a field that was refused', () => {
  test.each([
    ['en', issue('too-long', 1), '“Name” takes at most 1 character.'],
    ['en', issue('too-long', 64), '“Name” takes at most 64 characters.'],
    ['zh-CN', issue('too-long', 64), '“名称”最多 64 个字符。'],
    ['ja', issue('too-long', 64), '「名前」は 64 文字以内にしてください。'],
    ['zh-CN', issue('missing', undefined, ['username']), '“用户名”不能为空。'],
    ['ja', issue('characters', undefined, ['speaker']), '「話者」に使えない文字が含まれています。'],
    [
      'ja',
      issue('characters', undefined, ['username']),
      '「ユーザー名」に使えるのは文字と数字と . _ @ + - だけです。',
    ],
    ['en', issue('text-wanted'), '“Name” must be a text in quotation marks.'],
    ['zh-CN', issue('emote-name'), '“名称”只能用字母、数字和 _ - + .，冒号最多一个。'],
    ['zh-CN', issue('too-many-bytes', 16384, ['text']), '“内容”最多 16384 字节，一个汉字占 3 字节。'],
    ['en', issue('wrong-form', undefined, ['color']), '“Colour” must be a colour such as #ff8800.'],
    ['ja', issue('too-low', 0.1, ['speed']), '「速さ」は 0.1 以上にしてください。'],
    [
      'zh-CN',
      issue('wrong-form', undefined, ['expressions', '3', 'url']),
      '“地址”应为 https:// 或 http:// 开头的地址。',
    ],
    ['zh-CN', issue('too-long', 64, ['rooms', '0']), '“房间”最多 64 个字符。'],
    ['zh-CN', issue('wrong-form', undefined, ['look', 'easing']), '“easing”的写法这里无法识别。'],
  ] as const)('%s %j', async (language, details, words) => {
    expect(await sayIn(language, details)).toBe(words)
  })

  test('each of several is named once', async () => {
    const details = [...issue('missing'), ...issue('missing'), ...issue('past', undefined, ['expiresAt'])]
    expect(await sayIn('zh-CN', details)).toBe('“名称”不能为空。 “有效期”已经过期。')
  })

  test.each(FIELD_REASONS)('%s has words in each language', async reason => {
    for (const language of LANGUAGES)
      expect(await sayIn(language, issue(reason, 2))).not.toMatch(/fieldIssues|English|\{\{|undefined/)
  })

  test.each([
    ['no details', undefined],
    ['details of another kind', { version: 3 }],
    ['no reason', [{ path: ['name'], message: 'English' }]],
    ['a reason of a newer server', issue('haunted')],
    ['no field', issue('wrong-form', undefined, [])],
  ])('%s: the server’s own words', async (_, details) => {
    expect(await sayIn('ja', details)).toBe('サーバーに受け付けられませんでした：body.name: English')
  })
})

test('what is wrong with one field is said beside it, and nothing of another', async () => {
  const i18n = createInstance()
  await i18n.init({ lng: 'en', resources, interpolation: { escapeValue: false } })
  const failure: Failure = {
    reason: 'invalid-input',
    status: 400,
    message: 'English',
    details: issue('characters', undefined, ['username']),
  }
  expect(fieldWords(failure, 'username', i18n.t)).toBe(
    '“User name” takes letters, digits and . _ @ + - only.',
  )
  expect(fieldWords(failure, 'password', i18n.t)).toBeNull()
  expect(fieldWords({ ...failure, reason: 'offline' }, 'username', i18n.t)).toBeNull()
})
