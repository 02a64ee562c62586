/**
 * A connector's settings as fields of a form, from its own JSON schema: what is a line of text, a number, a choice, a
 * list, a secret. What is too rich for a field (a whole declaration) is edited as JSON.
 */
export type FieldKind = 'text' | 'secret' | 'number' | 'switch' | 'choice' | 'list' | 'map' | 'json'

export interface SettingField {
  readonly name: string
  readonly kind: FieldKind
  readonly title: string
  readonly about: string | null
  readonly isRequired: boolean
  /** Of a choice. */
  readonly options: readonly string[]
  readonly min: number | undefined
  readonly max: number | undefined
  readonly standard: unknown
  /** An address: private ones need a word of warning. */
  readonly isAddress: boolean
}

interface Member {
  readonly type?: string
  readonly title?: string
  readonly description?: string
  readonly secret?: boolean
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly { readonly const?: unknown }[]
  readonly items?: Member
  readonly patternProperties?: Readonly<Record<string, Member>>
  readonly additionalProperties?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly default?: unknown
  readonly format?: string
}

const optionsOf = ({ enum: words, anyOf }: Member): readonly string[] => {
  const all = words ?? anyOf?.map((branch) => branch.const) ?? []
  return all.every((word) => typeof word === 'string') ? all : []
}

const isMapOfWords = ({ patternProperties }: Member): boolean => {
  const [inner] = Object.values(patternProperties ?? {})
  return inner !== undefined && ['string', 'integer', 'number'].includes(inner.type ?? '')
}

const kindOf = (member: Member): FieldKind => {
  if (member.secret === true) return 'secret'
  if (optionsOf(member).length > 0) return 'choice'
  if (member.type === 'boolean') return 'switch'
  if (member.type === 'integer' || member.type === 'number') return 'number'
  if (member.type === 'string') return 'text'
  if (member.type === 'array' && member.items?.type === 'string') return 'list'
  return member.type === 'object' && isMapOfWords(member) ? 'map' : 'json'
}

/** `maxAttachmentMb` → `Max attachment mb`, for a schema that gives no title. */
const titleOf = (name: string): string => {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** `words`: a connector's words in the reader's language. */
export const fieldsOf = (
  schema: unknown,
  words: (english: string) => string = (english) => english,
): readonly SettingField[] => {
  const { properties = {}, required = [] } = (schema ?? {}) as {
    readonly properties?: Readonly<Record<string, Member>>
    readonly required?: readonly string[]
  }
  return Object.entries(properties).map(([name, member]) => ({
    name,
    kind: kindOf(member),
    title: words(member.title ?? titleOf(name)),
    about: member.description === undefined ? null : words(member.description),
    isRequired: required.includes(name) && member.default === undefined,
    options: optionsOf(member),
    min: member.minimum,
    max: member.maximum,
    standard: member.default,
    isAddress: member.format === 'uri',
  }))
}

export type SettingValues = Readonly<Record<string, unknown>>

/** What stands in the form before somebody types. */
export const standardValues = (fields: readonly SettingField[]): SettingValues =>
  Object.fromEntries(
    fields.flatMap(({ name, standard }) => (standard === undefined ? [] : [[name, standard]])),
  )

const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0)

/** Settings and secrets apart, without what was left empty: the connector has its own word for that. */
export const split = (
  fields: readonly SettingField[],
  values: SettingValues,
): { readonly settings: Record<string, unknown>; readonly secrets: Record<string, string> } => {
  const settings: Record<string, unknown> = {}
  const secrets: Record<string, string> = {}
  for (const { name, kind } of fields) {
    const value = values[name]
    if (isNothing(value)) continue
    if (kind === 'secret') secrets[name] = String(value)
    else settings[name] = value
  }
  return { settings, secrets }
}

/** What must still be filled in. A secret that is kept need not be given again. */
export const missing = (
  fields: readonly SettingField[],
  values: SettingValues,
  kept: readonly string[],
): readonly string[] =>
  fields
    .filter(({ name, isRequired }) => isRequired && isNothing(values[name]) && !kept.includes(name))
    .map(({ title }) => title)

/** Addresses in the house itself: Causeway calls them only when it was told that it may. */
export const isPrivateAddress = (value: unknown): boolean => {
  if (typeof value !== 'string' || !URL.canParse(value)) return false
  const { hostname } = new URL(value)
  return (
    /^(localhost|.*\.(local|internal|lan|home|intranet))$/i.test(hostname) ||
    /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(hostname) ||
    /^\[(::1|f[cd]|fe80)/i.test(hostname) ||
    !hostname.includes('.')
  )
}

/** `my Redmine 5` → `my-redmine-5`: what files and addresses call it. */
export const keyFrom = (title: string): string =>
  title
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 60)
