import { expect, test } from 'vitest'
import { parseRedisUrl } from './redis-url.ts'

test('one server, with or without TLS, is left to the client to read', () => {
  expect(parseRedisUrl('redis://:secret@cache:6380/2')).toEqual({
    kind: 'single',
    url: 'redis://:secret@cache:6380/2',
  })
  expect(parseRedisUrl('rediss://cache')).toMatchObject({ kind: 'single' })
})

test('sentinels: several hosts, the master’s name, a database, a password', () => {
  expect(parseRedisUrl('redis+sentinel://me:p%40ss@a:1,b,[::1]:3/main/4')).toEqual({
    kind: 'sentinel',
    name: 'main',
    db: 4,
    hosts: [
      { host: 'a', port: 1 },
      { host: 'b', port: 6379 },
      { host: '::1', port: 3 },
    ],
    username: 'me',
    password: 'p@ss',
    tls: false,
  })
})

test('a cluster: several hosts, no database', () => {
  expect(parseRedisUrl('rediss+cluster://a:1,b:2')).toMatchObject({
    kind: 'cluster',
    hosts: [
      { host: 'a', port: 1 },
      { host: 'b', port: 2 },
    ],
    tls: true,
  })
  expect(parseRedisUrl('redis+cluster://a:1/main')).toBeNull()
})

test.each([
  '',
  'nonsense',
  'http://a',
  'redis://',
  'redis+sentinel://a:1',
  'redis+cluster://a:b',
  'redis+cluster://a,,b',
])('%j is refused', text => {
  if (text === 'redis://') expect(parseRedisUrl(text)).toMatchObject({ kind: 'single' })
  else expect(parseRedisUrl(text)).toBeNull()
})
