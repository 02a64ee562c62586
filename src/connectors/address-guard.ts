import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { buildConnector } from 'undici'

/**
 * Keeps outgoing calls off the operator's own network. The check sits where the socket connects: on the address the
 * name resolves to for this very connection, so that a name which answers differently a second later gains nothing.
 */

const DENIED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // "this network": reaches loopback on Linux
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT; some clouds' metadata
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // one cloud's host agent, on a public address
  ['169.254.0.0', 16], // link-local; metadata
  ['172.16.0.0', 12],
  ['192.0.0.0', 24], // IETF protocol assignments; one cloud's metadata
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24], // 6to4 relay
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15], // benchmarking
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
]

/** Of IPv6 only global unicast is allowed, less these: mapped, compatible, NAT64, ULA … lie outside it anyway. */
const GLOBAL_V6 = ['2000::', 3] as const
const DENIED_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // IETF protocol assignments, Teredo, ORCHID
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4 holds any IPv4 address
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
]

const list = (subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList => {
  const made = new BlockList()
  for (const [net, prefix] of subnets) made.addSubnet(net, prefix, family)
  return made
}

const deniedV4 = list(DENIED_V4, 'ipv4')
const deniedV6 = list(DENIED_V6, 'ipv6')
const globalV6 = list([GLOBAL_V6], 'ipv6')

/** Whether an IP address (no brackets) is one of the public internet. Anything that is not an address is not. */
export const isPublicAddress = (address: string): boolean => {
  const family = isIP(address)
  if (family === 4) return !deniedV4.check(address, 'ipv4')
  if (family === 6)
    return !address.includes('%') && globalV6.check(address, 'ipv6') && !deniedV6.check(address, 'ipv6')
  return false
}

/** The connection was refused here, before anything was sent. The message is for a person. */
export class AddressDenied extends Error {
  override readonly name = 'AddressDenied'
}

const denied = (host: string, address: string): AddressDenied =>
  new AddressDenied(
    host === address
      ? `${host} is not a public address; an operator can allow this host and port by name (CAUSEWAY_ALLOW_HOSTS)`
      : `${host} resolves to ${address}, which is not a public address; an operator can allow this host and port by name (CAUSEWAY_ALLOW_HOSTS)`,
  )

/** Resolves like the system does, and fails when any of the answers is not public. */
export const publicOnly =
  (resolve: typeof systemLookup = systemLookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(
      hostname,
      { ...options, all: true },
      (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => {
        if (error) return callback(error, [])
        const bad = addresses.find((each) => !isPublicAddress(each.address))
        if (bad) return callback(denied(hostname, bad.address), [])
        const first = addresses[0]
        if (!first) return callback(new AddressDenied(`${hostname} has no address`), [])
        return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
      },
    )
  }

/** undici's connector; unless `allowPrivate`, it connects to public addresses only. */
export const guardedConnector = (allowPrivate: boolean, timeoutMs: number): buildConnector.connector => {
  const options = { timeout: timeoutMs, allowH2: false, port: 0 }
  if (allowPrivate) return buildConnector(options)
  const connect = buildConnector({ ...options, lookup: publicOnly() })
  return (target, callback) => {
    // A literal address is never looked up, so the guard in `lookup` would not see it.
    const literal = target.hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) callback(denied(literal, literal), null)
    else connect(target, callback)
  }
}
