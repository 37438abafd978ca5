import { expect, test } from 'vitest'
import { isLoopback, listAddresses } from './addresses.ts'

test.each([
  'localhost',
  '127.0.0.1',
  '127.8.9.1',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '0:0:0:0:0:0:0:1',
])('%s is this machine', host => {
  expect(isLoopback(host)).toBe(true)
})

test.each([
  '127.evil.example',
  '127.0.0.1.evil.example',
  '192.168.1.2',
  '::',
  '0.0.0.0',
  '::ffff:10.0.0.1',
  '::2',
  '',
])('%s is not this machine', host => {
  expect(isLoopback(host)).toBe(false)
})

test('a server on every IPv4 address is listed under no IPv6 one', () => {
  for (const { url } of listAddresses('0.0.0.0', 80)) expect(url).not.toContain('[')
})
