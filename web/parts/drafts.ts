import type { ActionName, MacroActions } from '../../src/domain/macro.ts'

/** What somebody began to write and has not sent. */
export interface Draft {
  readonly text: string
  /** Colleagues who were chosen to be called. */
  readonly mentions: readonly { readonly id: string; readonly name: string }[]
  /** The macro the words came from, with what it does and what of that is left out. */
  readonly macro: DraftMacro | null
  /** The latest public comment when the words began; undefined: not known then. */
  readonly seen?: string | null
}
export interface DraftMacro {
  readonly id: string
  readonly name: string
  readonly actions: MacroActions
  /** The name of whom it gives the ticket to. */
  readonly assignee: string | null
  readonly skip: readonly ActionName[]
}

export const EMPTY: Draft = { text: '', mentions: [], macro: null }

/** One draft for each person, record and audience: nobody finds another's words, and no note turns up in a reply. */
export interface DraftPlace {
  readonly self: string
  readonly record: string
  readonly mode: string
}

const PREFIX = 'causeway.draft.'
const keyOf = ({ self, record, mode }: DraftPlace): string => `${PREFIX}${self}.${record}.${mode}`
/** Enough for a long answer; a browser keeps about five million characters for us in all. */
const LONGEST = 100_000
const MOST = 200

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const isDraft = (value: unknown): value is Draft =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Draft).text === 'string' &&
  Array.isArray((value as Draft).mentions) &&
  'macro' in value

export const readDraft = (store: Store, place: DraftPlace): Draft => {
  try {
    const kept: unknown = JSON.parse(store.getItem(keyOf(place)) ?? 'null')
    return isDraft(kept) ? kept : EMPTY
  } catch {
    // a private window keeps nothing; what another version wrote is no draft
    return EMPTY
  }
}

export const keepDraft = (store: Store, place: DraftPlace, draft: Draft): void => {
  try {
    const key = keyOf(place)
    if ((draft.text === '' && draft.macro === null) || draft.text.length > LONGEST) store.removeItem(key)
    else store.setItem(key, JSON.stringify(draft))
  } catch {
    // it then holds until the page is left: the browser has no room, and nothing is lost that was sent
  }
}

const keysOf = (store: Store): readonly string[] =>
  Array.from({ length: store.length }, (_, at) => store.key(at) ?? '').filter((key) => key.startsWith(PREFIX))

/** Whoever sits at this machine now does not keep the words of who sat here before; nor more of their own than is useful. */
export const forgetOtherDrafts = (store: Store, self: string): void => {
  try {
    const keys = keysOf(store)
    const own = keys.filter((key) => key.startsWith(`${PREFIX}${self}.`))
    const gone = [...keys.filter((key) => !own.includes(key)), ...own.slice(MOST)]
    for (const key of gone) store.removeItem(key)
  } catch {
    // nothing is kept, so there is nothing to forget
  }
}
