import type { lookup } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { isPublicAddress, publicOnly } from './address-guard.ts'

const DENIED = [
  '0.0.0.0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.0.1',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.19.255.255',
  '198.51.100.7',
  '203.0.113.9',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::169.254.169.254',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:0:4136:e378::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '3fff::1',
  '4000::1',
  'localhost',
  '',
  '1.2.3',
  '0x7f.1',
]
const PUBLIC = [
  '1.1.1.1',
  '8.8.8.8',
  '93.184.216.34',
  '172.32.0.1',
  '100.128.0.1',
  '198.20.0.1',
  '2606:4700::1111',
  '2a00:1450:4001::1',
]

describe('isPublicAddress', () => {
  for (const address of DENIED)
    it(`denies ${JSON.stringify(address)}`, () => expect(isPublicAddress(address)).toBe(false))
  for (const address of PUBLIC) it(`allows ${address}`, () => expect(isPublicAddress(address)).toBe(true))
})

describe('publicOnly', () => {
  const answering = (...addresses: string[]): typeof lookup =>
    ((_name: string, _options: object, done: (error: null, all: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      )) as unknown as typeof lookup

  const ask = (all: boolean, ...addresses: string[]): unknown => {
    let seen: unknown
    publicOnly(answering(...addresses))('tool.example', { all }, (error, address) => {
      seen = error ? error.message : address
    })
    return seen
  }

  it('passes public addresses on, in the shape that was asked for', () => {
    expect(ask(false, '1.1.1.1')).toBe('1.1.1.1')
    expect(ask(true, '1.1.1.1')).toEqual([{ address: '1.1.1.1', family: 4 }])
  })

  it('refuses a name of which any address is private, because the system may pick that one', () => {
    expect(ask(true, '1.1.1.1', '127.0.0.1')).toMatch(/tool\.example resolves to 127\.0\.0\.1/)
    expect(ask(false, '::ffff:10.0.0.1')).toMatch(/not a public address/)
  })
})
