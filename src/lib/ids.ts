import { randomBytes } from 'node:crypto'

/** Makes a new identifier (a UUID in its 36-character form). Injected wherever ids are made, so that tests repeat. */
export type NewId = () => string

/** UUIDv7 (RFC 9562 §5.7): sorts by time of making, so that indexes grow at one end. */
export const uuidv7: NewId = () => {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the form of an identifier (any UUID), so that it may be asked of a uuid column. */
export const isId = (text: string): boolean => ID.test(text)
