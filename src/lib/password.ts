import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

/**
 * Passwords as they are kept: scrypt with a salt of their own, its costs beside it so that they can be raised later.
 * 32 MiB and three passes are one of the settings of OWASP's Password Storage Cheat Sheet; about 0.2 s here.
 */
const COST = { N: 2 ** 15, r: 8, p: 3 } as const
const SALT_BYTES = 16
const HASH_BYTES = 32
/** scrypt needs 128 · N · r bytes, and a little. */
const MAX_MEMORY = 64 * 1024 * 1024

export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 200

const derive = (text: string, salt: Uint8Array, cost: { N: number; r: number; p: number }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // one form for letters that can be typed in two
    scrypt(text.normalize('NFKC'), salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })

/** `scrypt$N$r$p$salt$hash`; two hashes of one password never look alike. */
export const hashPassword = async (text: string): Promise<string> => {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(text, salt, COST)
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

const KEPT = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{22})\$([\w-]{43})$/
/** Of no password: who has none must cost as much time as who has a wrong one. */
const NONE = `scrypt$${COST.N}$${COST.r}$${COST.p}$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Takes the same time whether there is such a password or not. */
export const checkPassword = async (text: string, kept: string | null): Promise<boolean> => {
  const [, N = '', r = '', p = '', salt = '', hash = ''] = KEPT.exec(kept ?? NONE) ?? []
  if (hash === '') return false
  const made = await derive(text, Buffer.from(salt, 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  })
  const wanted = Buffer.from(hash, 'base64url')
  return made.length === wanted.length && timingSafeEqual(made, wanted) && kept !== null
}

export interface PasswordFault {
  readonly code: 'password-short' | 'password-long' | 'password-plain' | 'password-known'
  readonly detail: string
}

/**
 * What is wrong with a password, for the person who chose it; null: nothing. By NIST SP 800-63B: long enough, and none
 * that is easy to guess from what everybody knows of them; no rules on kinds of characters.
 */
export const passwordFault = (text: string, known: readonly string[]): PasswordFault | null => {
  const length = [...text].length
  if (length < PASSWORD_MIN)
    return {
      code: 'password-short',
      detail: `A password has at least ${PASSWORD_MIN} characters; a few words that do not belong together are easy to keep in mind.`,
    }
  if (length > PASSWORD_MAX)
    return { code: 'password-long', detail: `A password has at most ${PASSWORD_MAX} characters.` }
  if (new Set(text.toLowerCase()).size < 5)
    return { code: 'password-plain', detail: 'This password has too few different characters.' }
  const plain = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  const guess = known
    .map((one) => one.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''))
    .find((one) => one.length >= 4 && plain.includes(one) && plain.length - one.length < 6)
  return guess === undefined
    ? null
    : { code: 'password-known', detail: 'This password is too near to a name or an address of yours.' }
}
