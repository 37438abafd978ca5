import { expect, test } from 'vitest'
import { loaderPage, loaderQuery } from './loader.ts'

test('what stands in the query can’t leave its string, nor the script', () => {
  const page = loaderPage(['http://127.0.0.1:8000'], {
    room: 'lobby',
    label: '</script><script>alert(1)</script>',
    key: '";alert(1)//',
  })
  expect(page.match(/<script>/g)).toHaveLength(1)
  expect(page.match(/<\/script>/g)).toHaveLength(1)
  const target = /target = (".*?");/.exec(page)![1]!
  expect(new URL(JSON.parse(target), 'http://x').searchParams.get('key')).toBe('";alert(1)//')
})

test('a room is letters and digits', () => {
  expect(loaderQuery.safeParse({ room: '../x' }).success).toBe(false)
  expect(loaderQuery.parse({})).toEqual({ room: '' })
})
