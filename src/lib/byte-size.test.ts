import { expect, it } from 'vitest'
import { byteSize } from './byte-size.ts'

it('says how large something is in the unit that fits, so that a small file is not 0.0 MiB', () => {
  expect([0, 1, 612, 1024, 3_500, 1_048_575, 1_048_576, 1_300_000_000].map(byteSize)).toEqual([
    '0 bytes',
    '1 byte',
    '612 bytes',
    '1.0 KiB',
    '3.4 KiB',
    '1.0 MiB',
    '1.0 MiB',
    '1.2 GiB',
  ])
})
