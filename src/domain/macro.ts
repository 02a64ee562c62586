import { WAITING_FOR, type WaitingFor } from './words.ts'

/**
 * What is said and done again and again, written once: a text with placeholders, and what becomes of the ticket. The
 * text is filled where it is shown, before anybody sends it: what a customer gets was read by a person.
 */
export interface MacroActions {
  readonly end?: 'resolve' | 'close'
  readonly snooze?: {
    readonly waitingFor: WaitingFor /** Null: until something happens. */
    readonly days: number | null
  }
  /** `me`: whoever applies it. */
  readonly assign?: string
  /** Fields of one's own that are set. */
  readonly custom?: Readonly<Record<string, string>>
}

export const ACTION_NAMES = [
  'assign',
  'custom',
  'snooze',
  'end',
] as const satisfies readonly (keyof MacroActions)[]
export type ActionName = (typeof ACTION_NAMES)[number]

/** The facts a text may name. All of them are fit for the customer: nothing from inside is among them. */
export const PLACEHOLDERS = [
  'contact.name',
  'customer.name',
  'ticket.key',
  'ticket.title',
  'product.name',
  'version',
  'release.name',
  'release.planned',
  'owner.name',
  'me.name',
] as const
export type Placeholder = (typeof PLACEHOLDERS)[number]
export type MacroFacts = Readonly<Record<Placeholder, string | null>>

const PLACE = /\{([a-z][a-z.]{0,39})\}/g

const isPlaceholder = (name: string): name is Placeholder =>
  (PLACEHOLDERS as readonly string[]).includes(name)

/** Names in braces that are no facts: a mistake of whoever writes the macro. `{` `}` of code are left alone. */
export const unknownPlaceholders = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(PLACE)].flatMap(([, name = '']) =>
      name.includes('.') && !isPlaceholder(name) ? [name] : [],
    ),
  ),
]

/** The text with its facts. What is not known stays in its braces, so that it is seen and not sent as a gap. */
export const fillMacro = (text: string, facts: MacroFacts): string =>
  text.replace(PLACE, (whole, name: string) => (isPlaceholder(name) ? (facts[name] ?? whole) : whole))

/** Placeholders that still wait for a fact: a text with one is not ready to be sent. */
export const unfilled = (text: string): readonly Placeholder[] => [
  ...new Set([...text.matchAll(PLACE)].flatMap(([, name = '']) => (isPlaceholder(name) ? [name] : []))),
]

/** Two ends of one ticket: which counts would be chance. */
export const contradicts = ({ end, snooze }: MacroActions): boolean =>
  end !== undefined && snooze !== undefined

export const isWaitingFor = (word: string): word is WaitingFor =>
  (WAITING_FOR as readonly string[]).includes(word)
