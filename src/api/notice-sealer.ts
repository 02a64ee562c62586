import type { SealNotice } from '../commands/send-notices.ts'
import { sealForCustomer } from '../store/outgoing-mail.ts'
import type { MasterKey } from '../store/secrets.ts'
import { noticeLetter } from './letters.ts'
import { addressToAnswer } from './told/mark.ts'

/** Writes and seals the letters of whoever tells customers of releases. `base`: where customers reach us. */
export const noticeSealer =
  (key: MasterKey, base: string): SealNotice =>
  (mailId, { noticeId, ticketKey, ...notice }) => {
    const request = `${base.replace(/\/$/, '')}/requests/${encodeURIComponent(ticketKey)}`
    const answer = addressToAnswer(key, base)(noticeId)
    return sealForCustomer(key, mailId, noticeLetter(notice, { answer, request }))
  }
