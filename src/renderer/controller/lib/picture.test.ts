import { expect, test } from 'vitest'
import { pictureWords } from './picture.ts'

test.each([
  ['en', 8 * 1024 * 1024, '8 MB', 'PNG, JPEG, or WebP'],
  ['zh-CN', 1.5 * 1024 * 1024, '1.5 MB', 'PNG、JPEG、WebP'],
  ['ja', 200 * 1024, '200 KB', 'PNG、JPEG、WebP'],
])('%s: what a picture may be, in words', (language, bytes, size, kinds) => {
  expect(pictureWords(bytes, ['image/png', 'image/jpeg', 'image/webp'], language)).toEqual({ size, kinds })
})
