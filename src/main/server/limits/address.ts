import { isIPv6 } from 'node:net'

/**
 * @returns what counts as one stranger: an IPv4 address, or the first 64 bits of an IPv6 one, since a whole /64 is
 * what one household gets (RFC 6177) and each of its 2^64 addresses would be a way round; null for this machine.
 */
export function addressKey(address: string): string | null {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (plain === '::1' || plain.startsWith('127.')) return null
  if (!isIPv6(plain)) return plain
  // A zone (`%eth0`) is ours, not the stranger's.
  return `${firstGroups(plain.split('%')[0]!)}::/64`
}

/** The first four of the eight groups; `::` stands for as many zero groups as are missing. */
function firstGroups(address: string): string {
  const [head = '', tail] = address.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(8 - before.length - after.length, 0)).fill('0')
  return [...before, ...zeros, ...after]
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}
