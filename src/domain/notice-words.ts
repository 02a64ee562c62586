import type { OutreachStanding, Run } from './outreach.ts'
import { isBefore } from './outreach.ts'
import type { Language } from './settings.ts'

/**
 * What a notice says: a template for each standing and language, in which facts are filled that are fit for customers.
 * Nothing from inside is among them: of a defect they read the title that they gave their own ticket.
 */
export const NOTICE_PLACES = [
  ...(['hello', 'customer', 'product', 'release', 'when'] as const),
  ...(['what', 'requests'] as const),
] as const
export type NoticePlace = (typeof NOTICE_PLACES)[number]

export interface NoticeRequest {
  /** As the customer knows it. */
  readonly key: string
  readonly title: string
  /** They asked for something new, and reported nothing. */
  readonly isWish: boolean
  readonly runs: readonly Run[]
}

export interface NoticeFacts {
  readonly standing: OutreachStanding
  readonly language: Language
  readonly contact: string | null
  readonly customer: string | null
  readonly product: string
  readonly release: string
  readonly planned: { readonly from: string | null; readonly to: string | null }
  readonly requests: readonly NoticeRequest[]
}

export const DEFAULT_TEMPLATES: Readonly<Record<OutreachStanding, Readonly<Record<Language, string>>>> = {
  'has it': {
    en: '{hello}\n\nthe version of {product} you run has {what}:\n\n{requests}\n\nPlease try it and tell us: does it work, or not yet?',
    de: '{hello}\n\ndie Version von {product}, die Sie einsetzen, bringt {what}:\n\n{requests}\n\nBitte probieren Sie es aus und sagen Sie uns: Klappt es, oder noch nicht?',
  },
  'must upgrade': {
    en: '{hello}\n\n{product} {release} is out, with {what}:\n\n{requests}\n\nThe version you run does not have it yet: please upgrade to {release}. Then tell us whether it works.',
    de: '{hello}\n\n{product} {release} ist erschienen und bringt {what}:\n\n{requests}\n\nDie Version, die Sie einsetzen, hat das noch nicht: Bitte aktualisieren Sie auf {release}. Sagen Sie uns danach, ob es klappt.',
  },
  'gets it': {
    en: '{hello}\n\n{product} {release}, {when}, will bring you {what}:\n\n{requests}\n\nYou need not do anything now.',
    de: '{hello}\n\n{product} {release}, {when}, bringt Ihnen {what}:\n\n{requests}\n\nSie müssen jetzt nichts tun.',
  },
}

const WORDS = {
  en: {
    hello: (name: string | null) => (name === null ? 'Hello,' : `Hello ${name},`),
    what: {
      fixes: 'the fix for what you reported',
      wishes: 'what you wished for',
      both: 'the answer to what you reported and wished for',
    },
    runs: (run: string, version: string) => `${run} runs ${version}`,
    undated: 'of which the day is not fixed yet',
    dated: (days: string) => `planned for ${days}`,
    locale: 'en-GB',
  },
  de: {
    hello: (name: string | null) => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    what: {
      fixes: 'die Lösung dessen, was Sie gemeldet haben',
      wishes: 'was Sie sich gewünscht haben',
      both: 'was Sie gemeldet und sich gewünscht haben',
    },
    runs: (run: string, version: string) => `${run} läuft mit ${version}`,
    undated: 'dessen Tag noch nicht feststeht',
    dated: (days: string) => `geplant für ${days}`,
    locale: 'de-DE',
  },
} as const satisfies Readonly<Record<Language, unknown>>

const ANSWER_LINES = {
  en: {
    asks: 'Tell us here whether it works, or that you want no such messages:',
    tells: 'If you want no such messages, tell us here:',
  },
  de: {
    asks: 'Sagen Sie uns hier, ob es klappt, oder dass Sie keine solchen Nachrichten möchten:',
    tells: 'Wenn Sie keine solchen Nachrichten möchten, sagen Sie es uns hier:',
  },
} as const satisfies Readonly<Record<Language, unknown>>

/** What stands before the address under a message. */
export const answerLine = (standing: OutreachStanding, language: Language): string =>
  ANSWER_LINES[language][standing === 'gets it' ? 'tells' : 'asks']

const PLACE = /\{([a-z]{1,20})\}/g
const isPlace = (name: string): name is NoticePlace => (NOTICE_PLACES as readonly string[]).includes(name)

/** Names in braces that are no facts: a mistake of whoever writes the template. */
export const unknownPlaces = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(PLACE)].flatMap(([, name = '']) => (isPlace(name) ? [] : [name]))),
]

/** A message that does not say what it is about is none. */
export const namesRequests = (text: string): boolean => text.includes('{requests}')

/** The message in Markdown. `plain` makes of a customer's words such that show as they are. */
export const noticeText = (
  template: string,
  facts: NoticeFacts,
  plain: (words: string) => string,
): string => {
  const words = WORDS[facts.language]
  const filled: Readonly<Record<NoticePlace, string>> = {
    hello: words.hello(facts.contact === null ? null : plain(facts.contact)),
    customer: plain(facts.customer ?? ''),
    product: plain(facts.product),
    release: plain(facts.release),
    when: whenOf(facts),
    what: words.what[whatOf(facts)],
    requests: facts.requests.map((request) => `- ${lineOf(facts, request, plain)}`).join('\n'),
  }
  return template.replace(PLACE, (whole, name: string) => (isPlace(name) ? filled[name] : whole)).trim()
}

const lineOf = (
  facts: NoticeFacts,
  { key, title, runs }: NoticeRequest,
  plain: (words: string) => string,
) => {
  const told = runs.filter(
    (run) =>
      run.version !== null &&
      (facts.standing === 'has it' || (run.has !== 'yes' && isBefore(run, facts.release))),
  )
  const versions = told.map((run) =>
    WORDS[facts.language].runs(plain(run.environment), plain(run.version ?? '')),
  )
  return `**${plain(key)}** ${plain(title)}${versions.length === 0 ? '' : ` (${versions.join(', ')})`}`
}

const whatOf = ({ requests }: NoticeFacts): 'fixes' | 'wishes' | 'both' =>
  requests.every(({ isWish }) => isWish) ? 'wishes' : requests.some(({ isWish }) => isWish) ? 'both' : 'fixes'

const whenOf = ({ planned: { from, to }, language }: NoticeFacts): string => {
  const { undated, dated, locale } = WORDS[language]
  const [begin, end] = [from ?? to, to ?? from]
  if (begin === null || end === null) return undated
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const at = (day: string): Date => new Date(`${day}T00:00:00Z`)
  return dated(begin === end ? days.format(at(begin)) : days.formatRange(at(begin), at(end)))
}
