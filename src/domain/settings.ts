import { ROLES, type Role, STAFF_ROLES } from './words.ts'

/** What an organisation decides for all of Causeway. What the environment decides (addresses, keys) is not among it. */
export interface Settings {
  /** As screens and mails name it; null: it has not said. */
  readonly name: string | null
  /** Of whoever chose none themselves; null: as the browser has it. */
  readonly language: Language | null
  readonly timeZone: string | null
  /** Who has one of these roles and a password needs a second factor before anything else. */
  readonly secondFactorFor: readonly Role[]
  /** A session ends after so many days. */
  readonly sessionDays: number
  /** And earlier when nobody used it for so many. */
  readonly idleDays: number
  /** Customers read the names of who works here, where words of ours name them. */
  readonly namesForCustomers: boolean
}

export const SETTING_LANGUAGES = ['en', 'de'] as const
export type Language = (typeof SETTING_LANGUAGES)[number]

export const SESSION_DAYS = { min: 1, max: 90 } as const
export const IDLE_DAYS = { min: 1, max: 30 } as const
/** Roles that a second factor can be asked of. */
export const FACTOR_ROLES = [...STAFF_ROLES, 'customer admin', 'customer'] as const satisfies readonly Role[]

export const DEFAULT_SETTINGS: Settings = {
  name: null,
  language: null,
  timeZone: null,
  secondFactorFor: [],
  sessionDays: 30,
  idleDays: 7,
  namesForCustomers: false,
}

/** As the platform knows it: `Europe/Berlin`. */
export const isTimeZone = (zone: string): boolean => {
  // offsets such as `+02:00` are zones to some engines only, and know no summer
  if (!/^[A-Za-z][\w+/-]{0,63}$/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const isLanguage = (word: unknown): word is Language => SETTING_LANGUAGES.some((one) => one === word)
const within = (value: unknown, { min, max }: { min: number; max: number }, otherwise: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : otherwise

/** What was stored, with the default for whatever is missing or unreadable: a damaged value locks nobody out. */
export const settingsFrom = (stored: unknown): Settings => {
  const kept = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<
    Record<string, unknown>
  >
  const { name, language, timeZone, secondFactorFor, sessionDays, idleDays, namesForCustomers } = kept
  return {
    name: typeof name === 'string' && name !== '' ? name : null,
    language: isLanguage(language) ? language : null,
    timeZone: typeof timeZone === 'string' && isTimeZone(timeZone) ? timeZone : null,
    secondFactorFor: Array.isArray(secondFactorFor)
      ? ROLES.filter((role) => secondFactorFor.includes(role))
      : [],
    sessionDays: within(sessionDays, SESSION_DAYS, DEFAULT_SETTINGS.sessionDays),
    idleDays: within(idleDays, IDLE_DAYS, DEFAULT_SETTINGS.idleDays),
    namesForCustomers: namesForCustomers === true,
  }
}
