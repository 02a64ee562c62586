import { expect, it } from 'vitest'
import { chance } from '../../../test/support/chance.ts'
import { MOST_PACKAGES, readBill } from './read-bill.ts'

const packagesOf = (document: unknown) => {
  const read = readBill(document)
  if (!read.ok) throw new Error(read.error)
  return read.value
}

it('reads CycloneDX with groups and components within components, each once', () => {
  const log4j = {
    ...{ type: 'library', group: 'org.apache.logging', name: 'log4j-core', version: '2.14.1' },
    purl: 'pkg:maven/org.apache.logging/log4j-core@2.14.1',
  }
  const read = packagesOf({
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { component: { name: 'shop' } } },
    components: [
      { type: 'framework', name: 'spring', components: [log4j] },
      log4j,
      { type: 'library', version: '1' },
    ],
  })
  expect(read).toEqual({
    ...{ format: 'cyclonedx', name: 'shop' },
    packages: [
      { name: 'spring', version: null, purl: null },
      { name: 'org.apache.logging/log4j-core', version: '2.14.1', purl: log4j.purl },
    ],
  })
})

it('reads SPDX 2 with its external references, and takes no assertion for none', () => {
  const read = packagesOf({
    ...{ spdxVersion: 'SPDX-2.3', name: 'shop-image' },
    packages: [
      {
        ...{ name: 'openssl', versionInfo: '3.0.11' },
        externalRefs: [
          { referenceType: 'cpe23Type', referenceLocator: 'cpe:2.3:a:openssl' },
          { referenceType: 'purl', referenceLocator: 'pkg:deb/debian/openssl@3.0.11' },
        ],
      },
      { name: 'glibc', versionInfo: 'NOASSERTION' },
    ],
  })
  expect(read.packages).toEqual([
    { name: 'openssl', version: '3.0.11', purl: 'pkg:deb/debian/openssl@3.0.11' },
    { name: 'glibc', version: null, purl: null },
  ])
})

it('reads a plain list, and says what to send where it is none', () => {
  expect(packagesOf({ packages: [{ name: 'left-pad', version: '1.3.0' }, 'x', null] }).packages).toEqual([
    { name: 'left-pad', version: '1.3.0', purl: null },
  ])
  const why = (document: unknown): string => {
    const read = readBill(document)
    return read.ok ? '' : read.error
  }
  expect(why([])).toContain('JSON object')
  expect(why({})).toContain('send CycloneDX or SPDX 2')
  expect(why({ '@context': 'x', '@graph': [] })).toContain('SPDX 3 is not read')
  expect(why({ packages: [] })).toContain('no package')
  const many = Array.from({ length: MOST_PACKAGES + 1 }, (_, n) => ({ name: `p${n}` }))
  expect(why({ packages: many })).toContain('are the most')
})

it('never throws, and keeps no text that a database refuses, whatever stands there', () => {
  for (let seed = 0; seed < 500; seed++) {
    const pick = chance(seed)
    const value = (depth: number): unknown =>
      [
        () => null,
        () => pick(9),
        () => 'a\0b',
        () => '\ud800',
        () => 'x'.repeat(600),
        () => [value(depth - 1), value(depth - 1)],
        () => ({ name: value(depth - 1), version: value(depth - 1), components: value(depth - 1) }),
        () => ({ bomFormat: 'CycloneDX', components: value(depth - 1), packages: value(depth - 1) }),
        () => ({ spdxVersion: 'SPDX-2.3', packages: value(depth - 1), name: value(depth - 1) }),
      ][depth <= 0 ? pick(5) : pick(9)]?.()
    const read = readBill(value(4))
    if (!read.ok) continue
    for (const { name, version, purl } of read.value.packages)
      for (const text of [name, version, purl])
        if (text !== null)
          expect([text.includes('\0'), text.isWellFormed(), text.length <= 500, text !== '']).toEqual([
            ...[false, true, true, true],
          ])
  }
})

it('reads a component that holds a million others, and says that it names none', () => {
  const components = Array.from({ length: 1_000_000 }, () => ({}))
  const read = readBill({ bomFormat: 'CycloneDX', components: [{ components }] })
  expect(read).toMatchObject({ ok: false, error: expect.stringContaining('no package') })
})
