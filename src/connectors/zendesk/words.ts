import type { StatusCategory } from '../../sync/snapshot.ts'
import type { Named, WireCustomStatus, WireTicketField } from './schema.ts'

/**
 * Ids and names of one Zendesk: people read and map names, its API speaks in numbers and tags. Pure. Where two things
 * have one name, each is called by its name and number.
 */

export interface Status {
  readonly word: string
  readonly category: StatusCategory
  /** Zendesk's own word, under which each custom status stands. */
  readonly system: string
  /** null: the account has no custom statuses. */
  readonly id: number | null
  readonly active: boolean
}

export interface Field {
  readonly id: number
  readonly label: string
  readonly type: string
  readonly active: boolean
  /** By their tags. */
  readonly options: ReadonlyMap<string, string>
}

export interface Labels {
  readonly byId: ReadonlyMap<number, string>
  readonly byLabel: ReadonlyMap<string, number>
}

export interface Words {
  readonly statuses: readonly Status[]
  readonly fields: ReadonlyMap<number, Field>
  readonly fieldsByLabel: ReadonlyMap<string, Field>
  /** Tags that options and checkboxes set: they are the field's business, not labels. */
  readonly fieldTags: ReadonlySet<string>
  readonly groups: Labels
  readonly brands: Labels
  readonly forms: Labels
}

/** What a ticket without a group is in. */
export const NO_GROUP = '(none)'
/** A closed ticket is closed whatever custom status it was solved with. */
export const CLOSED = 'closed'

/** Values of a ticket that are no ticket fields but are worth mapping. */
export const ORGANIZATION = 'organization'
export const BRAND = 'brand'
export const FORM = 'form'
const TAKEN = [ORGANIZATION, BRAND, FORM]

const CATEGORIES: ReadonlyMap<string, StatusCategory> = new Map([
  ['new', 'new'],
  ['open', 'open'],
  ['pending', 'waiting'],
  ['hold', 'waiting'],
  ['solved', 'done'],
  [CLOSED, 'done'],
])

const systemStatus = (system: string): Status => ({
  word: system,
  category: CATEGORIES.get(system) ?? null,
  system,
  id: null,
  active: true,
})

export const statusesOf = (custom: readonly WireCustomStatus[] | null): readonly Status[] => {
  if (custom === null || custom.length === 0) return [...CATEGORIES.keys()].map(systemStatus)
  const labels = labelled(
    custom.map(({ id, agent_label }) => ({ id, name: agent_label })),
    [CLOSED],
  )
  const own = custom.map(({ id, status_category, active }) => ({
    word: labels.byId.get(id) ?? String(id),
    category: CATEGORIES.get(status_category) ?? null,
    system: status_category,
    id,
    active: active !== false,
  }))
  return [...own, systemStatus(CLOSED)]
}

export const labelled = (rows: readonly Named[], taken: readonly string[] = []): Labels => {
  const count = new Map<string, number>(taken.map((name) => [name, 1]))
  for (const { name } of rows) count.set(name, (count.get(name) ?? 0) + 1)
  const byId = new Map(
    rows.map(({ id, name }) => [id, (count.get(name) ?? 0) > 1 ? `${name} (#${id})` : name]),
  )
  return { byId, byLabel: new Map([...byId].map(([id, label]) => [label, id])) }
}

/** Types of the fields that each ticket has anyway, under a name of our own or none. */
const SYSTEM_TYPES = new Set([
  'subject',
  'description',
  'status',
  'custom_status',
  'tickettype',
  'priority',
  'basic_priority',
  'group',
  'assignee',
])

/** Options of a name that another one has are called by name and tag. */
const optionsOf = (field: WireTicketField): ReadonlyMap<string, string> => {
  const rows = field.custom_field_options ?? []
  const count = Map.groupBy(rows, ({ name }) => name)
  return new Map(
    rows.map(({ name, value }) => [value, (count.get(name)?.length ?? 0) > 1 ? `${name} (${value})` : name]),
  )
}

export const fieldsOf = (
  rows: readonly WireTicketField[],
): Pick<Words, 'fields' | 'fieldsByLabel' | 'fieldTags'> => {
  const custom = rows.filter(({ type }) => !SYSTEM_TYPES.has(type))
  const labels = labelled(
    custom.map(({ id, title }) => ({ id, name: title.trim() || `#${id}` })),
    TAKEN,
  )
  const fields = custom.map(
    (row): Field => ({
      id: row.id,
      label: labels.byId.get(row.id) ?? String(row.id),
      type: row.type,
      active: row.active !== false,
      options: optionsOf(row),
    }),
  )
  const tags = custom.flatMap((row) => [
    ...(row.custom_field_options ?? []).map(({ value }) => value),
    ...(row.tag ? [row.tag] : []),
  ])
  return {
    fields: new Map(fields.map((each) => [each.id, each])),
    fieldsByLabel: new Map(fields.filter(({ active }) => active).map((each) => [each.label, each])),
    fieldTags: new Set(tags),
  }
}

export const groupOf = (words: Pick<Words, 'groups'>, id: number | null | undefined): string =>
  id === null || id === undefined ? NO_GROUP : (words.groups.byId.get(id) ?? `#${id}`)

/** `customId` counts where the account has custom statuses. */
export const statusOf = (
  words: Pick<Words, 'statuses'>,
  system: string,
  customId: number | null | undefined,
): Status => {
  if (system !== CLOSED && customId) {
    const own = words.statuses.find(({ id }) => id === customId)
    if (own !== undefined) return own
  }
  return words.statuses.find((each) => each.system === system && each.active) ?? systemStatus(system)
}

/** Any status can follow any other, but for two rules: nothing is new again, and nothing follows `closed`. */
export const nextWords = (words: Pick<Words, 'statuses'>, from: Status): readonly string[] =>
  from.system === CLOSED
    ? []
    : words.statuses
        .filter((each) => each.active && each.word !== from.word)
        .filter((each) => each.system !== 'new' || from.system === 'new')
        .map((each) => each.word)
