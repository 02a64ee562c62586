import type { Described, Mapping } from '../api/connections.ts'

/**
 * A mapping while somebody edits it. Maps are lists of lines here, since a line that is half typed has no word yet, and
 * two lines may say the same for a moment.
 */
export type Line = readonly [there: string, here: string]

export interface FieldDraft {
  readonly hub: string
  readonly tool: string
  readonly direction: Mapping['fields'][number]['direction']
  readonly conflict: Mapping['fields'][number]['conflict']
  /** Null: values pass as they are. */
  readonly values: readonly Line[] | null
}

export interface StatusDraft {
  readonly owner: 'tool' | 'hub'
  readonly toHub: readonly Line[]
  readonly toTool: readonly { readonly when: string; readonly to: string; readonly from: readonly string[] }[]
}

export const LISTS = ['people', 'products', 'components', 'onCreate'] as const
export type ListName = (typeof LISTS)[number]

export interface MappingDraft
  extends Readonly<Omit<Mapping, 'fields' | 'status' | ListName>>,
    Readonly<Record<ListName, readonly Line[]>> {
  readonly fields: readonly FieldDraft[]
  readonly status: StatusDraft | null
}

const linesOf = (map: Readonly<Record<string, string>>): readonly Line[] => Object.entries(map)

export const toDraft = (mapping: Mapping): MappingDraft => ({
  ...mapping,
  fields: mapping.fields.map(({ values, ...rule }) => ({
    ...rule,
    values: values === undefined ? null : linesOf(values),
  })),
  status:
    mapping.status === null
      ? null
      : {
          owner: mapping.status.owner,
          toHub: linesOf(mapping.status.toHub),
          toTool: mapping.status.toTool.map(({ when, to, from }) => ({ when, to, from: from ?? [] })),
        },
  people: linesOf(mapping.people),
  products: linesOf(mapping.products),
  components: linesOf(mapping.components),
  onCreate: linesOf(mapping.onCreate),
})

/** Lines without a word are not written yet and left out; of two for the same word the later one counts. */
const mapOf = (lines: readonly Line[]): Record<string, string> =>
  Object.fromEntries(lines.filter(([there, here]) => there.trim() !== '' && here.trim() !== ''))

export const toMapping = (draft: MappingDraft): Mapping => ({
  ...draft,
  fields: draft.fields
    .filter(({ hub, tool }) => hub.trim() !== '' && tool.trim() !== '')
    .map(({ values, ...rule }) => ({ ...rule, ...(values === null ? {} : { values: mapOf(values) }) })),
  status:
    draft.status === null
      ? null
      : {
          owner: draft.status.owner,
          toHub: mapOf(draft.status.toHub),
          toTool: draft.status.toTool
            .filter(({ to }) => to !== '')
            .map(({ when, to, from }) => ({ when, to, ...(from.length === 0 ? {} : { from: [...from] }) })),
        },
  people: mapOf(draft.people),
  products: mapOf(draft.products),
  components: mapOf(draft.components),
  onCreate: mapOf(draft.onCreate),
})

/** Words that stand in two lines: only one of them would count, and nobody would know which. */
export const saidTwice = (lines: readonly Line[]): readonly string[] => {
  const seen = new Set<string>()
  return [
    ...new Set(
      lines
        .map(([there]) => there.trim())
        .filter((there) => there !== '' && (seen.has(there) || !seen.add(there))),
    ),
  ]
}

/** Everything in a draft that is said twice. */
export const allSaidTwice = (draft: MappingDraft): readonly string[] => [
  ...draft.fields.flatMap(({ values }) => saidTwice(values ?? [])),
  ...saidTwice(draft.status?.toHub ?? []),
  ...LISTS.flatMap((list) => saidTwice(draft[list])),
]

/** Our states side by side with theirs: each with the rules that send it, and those that none does. */
export interface StateRow {
  readonly state: string
  /** Places in `toTool`, in their order. */
  readonly rules: readonly number[]
}
export const stateRows = (states: readonly string[], status: StatusDraft): readonly StateRow[] => {
  const named = status.toTool.map(({ when }) => when).filter((when) => !states.includes(when))
  return [...states, ...new Set(named)].map((state) => ({
    state,
    rules: status.toTool.flatMap((rule, index) => (rule.when === state ? [index] : [])),
  }))
}

/** The tool's words: those it describes, then those the mapping names and it does not (renamed there since?). */
export const wordRows = (
  described: readonly string[],
  status: StatusDraft,
): readonly { readonly word: string; readonly state: string; readonly isKnown: boolean }[] => {
  const states = new Map(status.toHub)
  const others = [...states.keys()].filter((word) => !described.includes(word))
  return [...described, ...others].map((word) => ({
    word,
    state: states.get(word) ?? '',
    isKnown: described.includes(word),
  }))
}

export const withState = (status: StatusDraft, word: string, state: string): StatusDraft => {
  const others = status.toHub.filter(([there]) => there !== word)
  return { ...status, toHub: state === '' ? others : [...others, [word, state]] }
}

/** A rule for a state; the more specific (`waiting customer`) must stand before the general (`waiting`), or never counts. */
export const withRule = (status: StatusDraft, when: string, to: string): StatusDraft => {
  const general = status.toTool.findIndex((rule) => rule.when === when.split(' ')[0] && rule.when !== when)
  const rule = { when, to, from: [] }
  return {
    ...status,
    toTool: general < 0 ? [...status.toTool, rule] : status.toTool.toSpliced(general, 0, rule),
  }
}

/** Neutral names that mean the same on both sides. */
const ALIKE: Readonly<Record<'ticket' | 'work item', readonly (readonly [hub: string, tool: string])[]>> = {
  ticket: [
    ['title', 'title'],
    ['description', 'description'],
    ['owner', 'owner'],
    ['requester', 'requester'],
  ],
  'work item': [
    ['title', 'title'],
    ['description', 'description'],
    ['assignee', 'owner'],
    ['priority', 'priority'],
    ['component', 'component'],
    ['release', 'release'],
  ],
}
const STATES: Readonly<Record<'ticket' | 'work item', Readonly<Record<string, string>>>> = {
  ticket: { new: 'new', open: 'open', waiting: 'waiting customer', done: 'resolved', declined: 'cancelled' },
  'work item': { new: 'triage', open: 'started', waiting: 'backlog', done: 'done', declined: 'declined' },
}

/** What a word says by itself where the tool tells only whether it is open. */
const BY_NAME: readonly (readonly [RegExp, Readonly<Record<'ticket' | 'work item', string>>])[] = [
  [/^(new|neu|triage)$/i, { ticket: 'new', 'work item': 'triage' }],
  [/reject|declin|won.?t|abgelehnt/i, { ticket: 'cancelled', 'work item': 'declined' }],
  [/duplic|duplik/i, { ticket: 'cancelled', 'work item': 'duplicate' }],
  [/review/i, { ticket: 'open', 'work item': 'in review' }],
  [/resolved|verif|test|gelöst/i, { ticket: 'resolved', 'work item': 'verifying' }],
  [/closed|done|geschlossen|erledigt/i, { ticket: 'closed', 'work item': 'done' }],
]
const stateFor = (
  word: string,
  category: string | null,
  record: 'ticket' | 'work item',
): string | undefined =>
  BY_NAME.find(([pattern]) => pattern.test(word))?.[1][record] ??
  (category === null ? undefined : STATES[record][category])

/** Where to begin: the fields that every tool has, and what it says itself of its statuses. A person goes over it. */
export const suggest = (
  draft: MappingDraft,
  described: Described,
  record: 'ticket' | 'work item',
): MappingDraft => {
  const known = new Map(described.fields.map((field) => [field.field, field]))
  const fields = ALIKE[record].flatMap(([hub, tool]): FieldDraft[] => {
    const field = known.get(tool)
    if (field === undefined) return []
    return [{ hub, tool, direction: field.writable ? 'both' : 'to hub', conflict: 'ask', values: null }]
  })
  const named = new Set(draft.fields.map(({ hub }) => hub))
  const toHub = described.statuses.flatMap(({ word, category }): Line[] => {
    const state = stateFor(word, category, record)
    return state === undefined ? [] : [[word, state]]
  })
  const audiences =
    record === 'ticket'
      ? ({ public: 'everyone', internal: 'staff', sendPublic: ['everyone'] } as const)
      : ({ public: 'staff', internal: 'engineering', sendPublic: ['staff', 'everyone'] } as const)
  const words = { ...audiences, sendPublic: [...audiences.sendPublic] }
  return {
    ...draft,
    containers:
      draft.containers.length > 0 ? draft.containers : described.containers.slice(0, 1).map(({ id }) => id),
    fields: [...draft.fields, ...fields.filter(({ hub }) => !named.has(hub))],
    status: draft.status ?? (toHub.length === 0 ? null : { owner: 'tool', toHub, toTool: [] }),
    comments: draft.comments ?? words,
    attachments: draft.attachments ?? words,
  }
}
