import { expect, test } from 'vitest'
import { readConfig } from '../config.ts'

const read = (env: Record<string, string>) => readConfig(env, { pagesDir: '', desktop: false }).limits.uploads

test.each([
  ['MAX_UPLOAD_BYTES', '0'],
  ['MAX_UPLOAD_BYTES', '67108865'],
  ['MAX_EMOTE_BYTES', 'many'],
  ['MAX_UPLOAD_BYTES_PER_OWNER', '-1'],
  ['MAX_THEME_BYTES', '8388609'],
  ['UPLOAD_TYPES', 'png,svg'],
  ['UPLOAD_TYPES', ','],
])('%s=%s is named as wrong', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(`${name} is wrong`)
})

test('kinds of picture are named as people know them, in any case', () => {
  expect(read({ UPLOAD_TYPES: 'PNG, gif' }).types).toEqual(['image/png', 'image/gif'])
  expect(read({}).types).toHaveLength(5)
})
