import type { Language, Settings } from './settings.ts'

/** Whether customers read the names of who works here, and what they read instead. */
export interface Naming {
  readonly isShown: boolean
  readonly instead: string
}

/** One word for all: who among us is an engineer is no customer's business either. */
const INSTEAD: Readonly<Record<Language, string>> = { en: 'our team', de: 'unser Team' }

/** `language`: the reader's, where it is known. */
export const namingOf = (
  settings: Pick<Settings, 'language' | 'namesForCustomers'>,
  language: Language | null = null,
): Naming => ({
  isShown: settings.namesForCustomers,
  instead: INSTEAD[language ?? settings.language ?? 'en'],
})

/** Where nobody has decided. */
export const NAMELESS: Naming = { isShown: false, instead: INSTEAD.en }
