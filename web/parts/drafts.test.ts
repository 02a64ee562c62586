import { expect, it } from 'vitest'
import { type Draft, EMPTY, forgetOtherDrafts, keepDraft, readDraft } from './drafts.ts'

const makeStore = () => {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (at: number) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size
    },
  }
}
const place = { self: 'anna', record: 'T-1', mode: 'reply' }
const words = (text: string): Draft => ({ ...EMPTY, text })

it('keeps what was begun for each person, record and audience apart', () => {
  const store = makeStore()
  keepDraft(store, place, words('To the customer'))
  keepDraft(store, { ...place, mode: 'staff' }, words('Between us'))
  expect(readDraft(store, place).text).toBe('To the customer')
  expect(readDraft(store, { ...place, mode: 'staff' }).text).toBe('Between us')
  expect(readDraft(store, { ...place, self: 'ben' })).toEqual(EMPTY)
})

it('keeps nothing of what was sent or emptied', () => {
  const store = makeStore()
  keepDraft(store, place, words('x'))
  keepDraft(store, place, EMPTY)
  expect(store.length).toBe(0)
})

it('forgets what somebody else began at this machine', () => {
  const store = makeStore()
  keepDraft(store, place, words('Anna’s'))
  store.setItem('causeway.language', 'de')
  keepDraft(store, { ...place, self: 'ben' }, words('Ben’s'))
  forgetOtherDrafts(store, 'ben')
  expect(readDraft(store, place)).toEqual(EMPTY)
  expect(readDraft(store, { ...place, self: 'ben' }).text).toBe('Ben’s')
  expect(store.getItem('causeway.language')).toBe('de')
})

it('takes for no draft what it cannot read, and goes on where a browser keeps nothing', () => {
  const store = makeStore()
  store.setItem('causeway.draft.anna.T-1.reply', '{"text":7}')
  expect(readDraft(store, place)).toEqual(EMPTY)
  const closed = {
    ...store,
    getItem: () => {
      throw new Error('denied')
    },
    setItem: () => {
      throw new Error('denied')
    },
  }
  expect(readDraft(closed, place)).toEqual(EMPTY)
  expect(() => keepDraft(closed, place, words('x'))).not.toThrow()
})
