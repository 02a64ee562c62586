import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { err, ok, type Result } from '../lib/result.ts'
import { makeSecret, type Secret } from '../lib/secret.ts'
import { sha256 } from '../lib/stable.ts'
import type { Tx } from './database.ts'

/**
 * Credentials at rest. Each secret is encrypted with AES-256-GCM under a data key of its own, and the data key under
 * the master key, so that a new master key only re-wraps. Both layers are bound (as additional data) to connection,
 * field and origin: a sealed text copied to another row, or to a connection whose host was changed, does not open.
 * That is why changing a connection's host empties its secrets: nobody can send a stored token to a host of theirs.
 */
export interface MasterKey {
  /** First 8 hex digits of the key's SHA-256: tells keys apart, says nothing about them. */
  readonly id: string
  /** 32 bytes. */
  readonly bytes: Uint8Array
}

export interface SecretPlace {
  readonly connectionId: string
  readonly field: string
  /** `https://host:port` the secret may be sent to. */
  readonly origin: string
}

const VERSION = 'v1'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Throws RangeError unless there are exactly 32 bytes. */
export const masterKeyFrom = (bytes: Uint8Array): MasterKey => {
  if (bytes.length !== 32) throw new RangeError('a master key has exactly 32 bytes')
  return Object.freeze({ id: sha256(bytes).slice(0, 8), bytes })
}

const boundTo = (place: SecretPlace, layer: 'key' | 'text'): Buffer =>
  Buffer.from(JSON.stringify([layer, place.connectionId, place.field, place.origin]))

const encrypt = (key: Uint8Array, aad: Buffer, plain: Uint8Array): string => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad)
  const body = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url')
}

const decrypt = (key: Uint8Array, aad: Buffer, sealed: string): Buffer => {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new RangeError('too short')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(aad).setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

/** `v1.<key id>.<wrapped data key>.<sealed text>`; two seals of one text never look alike. */
export const sealSecret = (master: MasterKey, place: SecretPlace, text: string): string => {
  const dataKey = randomBytes(32)
  const wrapped = encrypt(master.bytes, boundTo(place, 'key'), dataKey)
  return [VERSION, master.id, wrapped, encrypt(dataKey, boundTo(place, 'text'), Buffer.from(text))].join('.')
}

/** The same for the same text, and of no use to whoever has the database without the key. */
export const fingerprint = (master: MasterKey, text: string): string =>
  createHmac('sha256', master.bytes).update('fingerprint\0').update(text).digest('hex')

/** Why a sealed secret does not open. `other key`: the key file is not the one it was sealed with. */
export type SealFault = 'other key' | 'damaged'

export const openSecret = (
  master: MasterKey,
  place: SecretPlace,
  sealed: string,
): Result<Secret, SealFault> => {
  const [version, keyId, wrapped, body] = sealed.split('.')
  if (version !== VERSION || wrapped === undefined || body === undefined) return err('damaged')
  if (keyId !== master.id) return err('other key')
  try {
    const dataKey = decrypt(master.bytes, boundTo(place, 'key'), wrapped)
    return ok(makeSecret(decrypt(dataKey, boundTo(place, 'text'), body).toString()))
  } catch {
    return err('damaged')
  }
}

export const saveSecret = async (
  tx: Tx,
  master: MasterKey,
  place: SecretPlace,
  text: string,
  now: Date,
): Promise<void> => {
  const row = { origin: place.origin, sealed: sealSecret(master, place, text), updated_at: now }
  await tx
    .insertInto('secret')
    .values({ connection_id: place.connectionId, field: place.field, ...row })
    .onConflict((conflict) => conflict.columns(['connection_id', 'field']).doUpdateSet(row))
    .execute()
}

export interface OpenedSecrets {
  readonly secrets: Readonly<Record<string, Secret>>
  /** Fields that are stored but do not open, and why; shown to a person, who types them again. */
  readonly closed: Readonly<Record<string, SealFault | 'other origin'>>
}

/** Every secret of a connection that may be sent to `origin`. */
export const openSecrets = async (
  tx: Tx,
  master: MasterKey,
  connectionId: string,
  origin: string,
): Promise<OpenedSecrets> => {
  const rows = await tx
    .selectFrom('secret')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .orderBy('field')
    .execute()
  const secrets: Record<string, Secret> = {}
  const closed: Record<string, SealFault | 'other origin'> = {}
  for (const row of rows) {
    if (row.origin !== origin) {
      closed[row.field] = 'other origin'
      continue
    }
    const opened = openSecret(master, { connectionId, field: row.field, origin }, row.sealed)
    if (opened.ok) secrets[row.field] = opened.value
    else closed[row.field] = opened.error
  }
  return { secrets, closed }
}

/** Empties the secrets that were given for another host; returns their fields. */
export const forgetSecretsOfOtherOrigins = async (
  tx: Tx,
  connectionId: string,
  origin: string,
): Promise<readonly string[]> => {
  const rows = await tx
    .deleteFrom('secret')
    .where('connection_id', '=', connectionId)
    .where('origin', '<>', origin)
    .returning('field')
    .execute()
  return rows.map((row) => row.field).sort()
}
