import { BlockList, isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** One address that a page can be opened at. */
export interface Address {
  url: string
  kind: 'loopback' | 'lan'
}

const EVERYWHERE = new Set(['0.0.0.0', '::', ''])

/** @returns the addresses at which a server on `host` is reached, this machine's own first. */
export function listAddresses(host: string, port: number): Address[] {
  const at = (name: string) => `http://${name.includes(':') ? `[${name}]` : name}:${port}`
  if (!EVERYWHERE.has(host)) return [{ url: at(host), kind: isLoopback(host) ? 'loopback' : 'lan' }]
  const lan = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ internal, family, address }) => {
      if (internal) return false
      // 0.0.0.0 is every IPv4 address; a link-local IPv6 address needs a zone that no browser takes.
      return family === 'IPv4' || (host !== '0.0.0.0' && !address.startsWith('fe80'))
    })
    .sort((a, b) => a.family.localeCompare(b.family))
  return [
    { url: at('localhost'), kind: 'loopback' },
    ...lan.map(({ address }): Address => ({ url: at(address), kind: 'lan' })),
  ]
}

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8)
loopback.addAddress('::1', 'ipv6')

/** @param host `127.evil.example` is a name like any other; an address in whatever way it is written. */
export function isLoopback(host: string): boolean {
  const family = isIP(host)
  // An IPv4 address within an IPv6 one counts as itself.
  return family === 0 ? host === 'localhost' : loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
}
