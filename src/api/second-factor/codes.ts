import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { sha256 } from '../../lib/stable.ts'

/** Codes of the second factor: from an app on a phone (TOTP, RFC 6238), or written down for the day the phone is lost. */
const PERIOD_S = 30
const ISSUER = 'Causeway'

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret), period: PERIOD_S })

/** `secret` in base 32, to type in where no picture can be read; `uri` is what the picture holds. */
export const newTotp = (email: string): { readonly secret: string; readonly uri: string } => {
  const secret = new Secret({ size: 20 }).base32
  return { secret, uri: totpOf(secret, email).toString() }
}

/** The time step (of 30 s since 1970) whose code this is, one early or late allowed; null: it is none. */
export const stepOfCode = (secret: string, code: string, now: Date): number | null => {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: 1 })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
}

const RECOVERY_CODES = 10
/** Without letters and digits that look alike. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Ten of 78 random bits each, as `abcd-efgh-jkmn-pqrs`. */
export const newRecoveryCodes = (): readonly string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: 4 }, () => Array.from({ length: 4 }, randomLetter).join('')).join('-'),
  )

/** Evenly: bytes beyond the last whole round of the letters are thrown away. */
const randomLetter = (): string => {
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255
    if (byte < 256 - (256 % LETTERS.length)) return LETTERS.charAt(byte % LETTERS.length)
  }
}

/** As it is kept; null: it is not written like one. Typed with or without dashes, in any case. */
export const hashRecoveryCode = (text: string): string | null => {
  const plain = text.toLowerCase().replace(/[\s-]/g, '')
  return /^[a-z2-9]{16}$/.test(plain) ? sha256(plain) : null
}

export const isTotpCode = (text: string): boolean => /^\d{6}$/.test(text)
