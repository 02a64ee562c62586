import { createHash } from 'node:crypto'

/**
 * Ids of what we make are ours to choose in Linear (UUID v4). One that is drawn from the key of the intent makes a
 * repeated create the same create: Linear refuses an id that it has.
 */
export const derivedId = (kind: string, key: string): string => {
  const bytes = createHash('sha256').update(`causeway linear ${kind} ${key}`).digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
