import { timingSafeEqual } from 'node:crypto'
import { isId } from '../../lib/ids.ts'
import { fingerprint, type MasterKey } from '../../store/secrets.ts'

/**
 * What stands at the end of the address under a message: which one, and a sign that only we can have made. Whoever has
 * the message may answer it, as with the message itself: nothing is kept, and nothing else opens by it.
 */
const SIGN_DIGITS = 32

const signOf = (key: MasterKey, noticeId: string): string =>
  fingerprint(key, `told\0${noticeId}`).slice(0, SIGN_DIGITS)

export const markOf = (key: MasterKey, noticeId: string): string => `${noticeId}.${signOf(key, noticeId)}`

/** The message's id; null: we did not make this. */
export const readMark = (key: MasterKey, mark: string): string | null => {
  const [noticeId = '', sign = '', ...more] = mark.split('.')
  if (!isId(noticeId) || more.length > 0) return null
  const [given, made] = [Buffer.from(sign), Buffer.from(signOf(key, noticeId))]
  return given.length === made.length && timingSafeEqual(given, made) ? noticeId : null
}

/** Where a message is answered. `base`: where customers reach us. */
export const addressToAnswer =
  (key: MasterKey, base: string) =>
  (noticeId: string): string =>
    `${base.replace(/\/$/, '')}/told/${markOf(key, noticeId)}`
