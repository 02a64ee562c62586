import type { SealNotice } from '../commands/send-notices.ts'
import { sealForCustomer } from '../store/outgoing-mail.ts'
import type { MasterKey } from '../store/secrets.ts'
import { noticeLetter } from './letters.ts'

/** Writes and seals the letters of whoever tells customers of releases. `base`: where customers reach us. */
export const noticeSealer =
  (key: MasterKey, base: string): SealNotice =>
  (mailId, { ticketKey, ...notice }) => {
    const address = `${base.replace(/\/$/, '')}/requests/${encodeURIComponent(ticketKey)}`
    return sealForCustomer(key, mailId, noticeLetter(notice, address))
  }
