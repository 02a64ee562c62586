import type { Language } from './settings.ts'

/** What the incident says that is raised when contacts jump. It is for colleagues, so in the language of the house. */
export interface JumpFacts {
  readonly release: string
  /** The component, or the product where no component was said. */
  readonly about: string
  readonly since: Date
  readonly contacts: number
  readonly median: number
  /** In the same hours of the weeks before, the latest first. */
  readonly before: readonly number[]
  readonly latest: readonly { readonly key: string; readonly title: string }[]
}

interface Words {
  readonly title: (facts: JumpFacts) => string
  readonly suspect: (facts: JumpFacts, since: string) => string
  readonly counted: (facts: JumpFacts) => string
  readonly latest: (list: string) => string
  readonly onRota: (release: string) => string
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: ({ about, release }) => `Contacts about ${about} jumped after ${release}`,
    suspect: ({ release }, since) => `Suspect: release ${release}, out since ${since} UTC.`,
    counted: ({ contacts, about, median, before }) =>
      `${contacts} contacts about ${about} since then; ${median} in the middle of the same hours of the four weeks before (${before.join(', ')}).`,
    latest: (list) => `The latest: ${list}`,
    onRota: (release) => `You are on the rota of ${release}.`,
  },
  de: {
    title: ({ about, release }) => `Viel mehr Kontakte zu ${about} seit ${release}`,
    suspect: ({ release }, since) => `Verdacht: Release ${release}, erschienen am ${since} UTC.`,
    counted: ({ contacts, about, median, before }) =>
      `Seitdem ${contacts} Kontakte zu ${about}; in denselben Stunden der vier Wochen davor in der Mitte ${String(median).replace('.', ',')} (${before.join(', ')}).`,
    latest: (list) => `Die letzten: ${list}`,
    onRota: (release) => `Du hast Dienst nach ${release}.`,
  },
}

export const jumpTitle = (language: Language, facts: JumpFacts): string => WORDS[language].title(facts)

export const jumpText = (language: Language, facts: JumpFacts): string => {
  const { suspect, counted, latest } = WORDS[language]
  const since = facts.since.toISOString().slice(0, 16).replace('T', ' ')
  const list = facts.latest.map(({ key, title }) => `${key} ${title}`).join('; ')
  return [suspect(facts, since), counted(facts), latest(list)].join('\n\n')
}

export const onRota = (language: Language, release: string): string => WORDS[language].onRota(release)
