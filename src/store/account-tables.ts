import type { Generated } from 'kysely'
import type * as words from '../domain/words.ts'
import type { At, AtOrNull, Nullable } from './columns.ts'

/** Who signs in, how, and the mails they are sent. */

/** Somebody who signs in by themselves: exactly one of person and contact. */
export interface AccountTable {
  id: string
  person_id: Nullable<string>
  contact_id: Nullable<string>
  /** As `hashPassword` made it; null: signs in another way. */
  password: Nullable<string>
  password_at: AtOrNull
  failures: Generated<number>
  locked_until: AtOrNull
  /** Sealed. */
  totp: Nullable<string>
  totp_at: AtOrNull
  totp_step: Generated<number>
  /** As the reader chose them; null: as the organisation or the device has them. */
  time_zone: Nullable<string>
  language: Nullable<string>
  created_at: At
}
export interface OutgoingMailTable {
  id: string
  purpose: string
  recipient: string
  subject: string
  /** Sealed; empty once it ended. */
  body: string
  created_at: At
  due_at: At
  tries: Generated<number>
  ended_at: AtOrNull
  fault: Nullable<string>
}
export interface IdentityTable {
  issuer: string
  subject: string
  account_id: string
  created_at: At
}
export interface RecoveryCodeTable {
  hash: string
  account_id: string
  used_at: AtOrNull
}
export interface TokenTable {
  id: string
  hash: string
  name: string
  roles: readonly words.Role[]
  person_id: Nullable<string>
  contact_id: Nullable<string>
  one_time: Generated<boolean>
  /** `calendar`: opens the feed of the calendar, and nothing else. */
  kind: Generated<'api' | 'session' | 'calendar'>
  /** Of a session: whose it is, and from where it was opened. */
  account_id: Nullable<string>
  agent: Nullable<string>
  address: Nullable<string>
  /** Of a session: how it was opened. */
  how: Nullable<string>
  /** Of a token: who made it. */
  made_by: Nullable<string>
  created_at: At
  expires_at: AtOrNull
  last_used_at: AtOrNull
  revoked_at: AtOrNull
}
