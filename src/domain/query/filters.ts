import {
  OPEN_NEEDS,
  SEVERITIES,
  TICKET_KINDS,
  TICKET_STATES,
  WAITING_FOR,
  WORK_ITEM_KINDS,
  WORK_ITEM_STATES,
} from '../words.ts'

/** The filters one can write, and for which list each means something: one table, for the parser, the server, the hints. */
export type QueryList = 'tickets' | 'work-items'

/** `word`: one of fixed words; `ref`: a key or a part of a name; `time`: a day, a range or an age. */
export type FilterKind = 'word' | 'ref' | 'time'

export interface FilterRule {
  readonly kind: FilterKind
  readonly lists: readonly QueryList[]
  /** Other names for it. */
  readonly also?: readonly string[]
  readonly words?: Partial<Readonly<Record<QueryList, readonly string[]>>>
  /** Special values of a `ref`. */
  readonly special?: readonly string[]
}

/** Beside the states themselves: all in which work is left, and all in which none is. */
export const UNFINISHED = 'unfinished'
export const FINISHED = 'finished'
export const YES_NO = ['yes', 'no'] as const
const both = ['tickets', 'work-items'] as const

export const FILTERS = {
  status: {
    kind: 'word',
    lists: both,
    also: ['state'],
    words: {
      tickets: [...TICKET_STATES, UNFINISHED, FINISHED],
      'work-items': [...WORK_ITEM_STATES, UNFINISHED, FINISHED],
    },
  },
  kind: {
    kind: 'word',
    lists: both,
    also: ['type'],
    words: { tickets: TICKET_KINDS, 'work-items': WORK_ITEM_KINDS },
  },
  severity: { kind: 'word', lists: both, words: { tickets: SEVERITIES, 'work-items': SEVERITIES } },
  needs: { kind: 'word', lists: ['tickets'], words: { tickets: OPEN_NEEDS } },
  waiting: { kind: 'word', lists: ['tickets'], also: ['waiting-for'], words: { tickets: WAITING_FOR } },
  escalated: { kind: 'word', lists: ['tickets'], words: { tickets: YES_NO } },
  has: {
    kind: 'word',
    lists: both,
    words: {
      tickets: ['attachment', 'workaround', 'owner', 'customer', 'release'],
      'work-items': ['attachment', 'workaround', 'owner', 'customer', 'release'],
    },
  },
  owner: { kind: 'ref', lists: both, also: ['assignee'], special: ['me', 'nobody'] },
  team: { kind: 'ref', lists: ['work-items'], special: ['nobody'] },
  customer: { kind: 'ref', lists: both },
  contact: { kind: 'ref', lists: ['tickets'] },
  product: { kind: 'ref', lists: both },
  component: { kind: 'ref', lists: both },
  release: { kind: 'ref', lists: both },
  created: { kind: 'time', lists: both },
  updated: { kind: 'time', lists: both, also: ['changed'] },
} as const satisfies Readonly<Record<string, FilterRule>>

export type FilterName = keyof typeof FILTERS

/** Widened, so that every filter reads alike. */
export const filterRule = (name: FilterName): FilterRule => FILTERS[name]

export const FILTER_NAMES = Object.keys(FILTERS) as readonly FilterName[]

export const filtersOf = (list: QueryList): readonly FilterName[] =>
  FILTER_NAMES.filter((name) => filterRule(name).lists.includes(list))

/** By its name or another one of it. */
export const filterNamed = (name: string): FilterName | null =>
  FILTER_NAMES.find((one) => one === name || filterRule(one).also?.includes(name) === true) ?? null

export const wordsOf = (name: FilterName, list: QueryList): readonly string[] =>
  filterRule(name).words?.[list] ?? []
