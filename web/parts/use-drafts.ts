import { useEffect, useState } from 'react'
import { useSelf } from '../api/session.ts'
import { type Draft, EMPTY, forgetOtherDrafts, keepDraft, readDraft } from './drafts.ts'

/** Some browsers throw for the mere name where they keep nothing. */
const storeOrNone = (): Storage | null => {
  try {
    return localStorage
  } catch {
    return null
  }
}

/** What the reader began to write on one record, one draft for each way to speak. */
export const useDrafts = (record: string) => {
  const { personId, contactId } = useSelf()
  const self = personId ?? contactId ?? 'token'
  const [held, setHeld] = useState<Readonly<Record<string, Draft>>>({})
  /** Grows when the words were not typed but put there: the editor then begins anew with them. */
  const [epoch, setEpoch] = useState(0)
  const store = storeOrNone()
  const kept = (mode: string): Draft => (store === null ? EMPTY : readDraft(store, { self, record, mode }))
  useEffect(() => {
    const there = storeOrNone()
    if (there !== null) forgetOtherDrafts(there, self)
  }, [self])
  const of = (mode: string): Draft => held[mode] ?? kept(mode)
  const set = (mode: string, part: Partial<Draft>): void =>
    setHeld((had) => {
      const next = { ...(had[mode] ?? kept(mode)), ...part }
      if (store !== null) keepDraft(store, { self, record, mode }, next)
      return { ...had, [mode]: next }
    })
  const put = (mode: string, draft: Partial<Draft>): void => {
    set(mode, draft)
    setEpoch((count) => count + 1)
  }
  return { of, set, put, epoch }
}
