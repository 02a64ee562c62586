import type { StatusCategory } from '../../sync/snapshot.ts'
import type { Settings } from './settings.ts'

/** The kinds of record, what their addresses and members are called, and which list each container is. Pure. */

export type Kind = 'ticket' | 'problem' | 'change'
export const KINDS: readonly Kind[] = ['ticket', 'problem', 'change']

export interface KindInfo {
  /** In addresses and as the member of a list. */
  readonly plural: 'tickets' | 'problems' | 'changes'
  /** The member that names the agent. */
  readonly agent: 'responder_id' | 'agent_id'
  /** Before the number, as people say it. */
  readonly prefix: string
  readonly categories: ReadonlyMap<number, StatusCategory>
  /** Statuses where the form does not tell them. */
  readonly statuses: ReadonlyMap<number, string>
}

export const INFO: Readonly<Record<Kind, KindInfo>> = {
  ticket: {
    plural: 'tickets',
    agent: 'responder_id',
    prefix: 'INC',
    categories: new Map<number, StatusCategory>([
      [2, 'open'],
      [3, 'waiting'],
      [4, 'done'],
      [5, 'done'],
    ]),
    statuses: new Map([
      [2, 'Open'],
      [3, 'Pending'],
      [4, 'Resolved'],
      [5, 'Closed'],
    ]),
  },
  problem: {
    plural: 'problems',
    agent: 'agent_id',
    prefix: 'PRB',
    categories: new Map<number, StatusCategory>([
      [1, 'open'],
      [2, 'waiting'],
      [3, 'done'],
    ]),
    statuses: new Map([
      [1, 'Open'],
      [2, 'Change Requested'],
      [3, 'Closed'],
    ]),
  },
  change: {
    plural: 'changes',
    agent: 'agent_id',
    prefix: 'CHN',
    categories: new Map<number, StatusCategory>([
      [1, 'open'],
      [2, 'open'],
      [3, 'waiting'],
      [4, 'waiting'],
      [5, 'waiting'],
      [6, 'done'],
    ]),
    statuses: new Map([
      [1, 'Open'],
      [2, 'Planning'],
      [3, 'Awaiting Approval'],
      [4, 'Pending Release'],
      [5, 'Pending Review'],
      [6, 'Closed'],
    ]),
  },
}

/**
 * What a status means. Those of tickets keep their meaning under any label; those of problems and changes are an account's own,
 * and only known under the label that Freshservice gave them.
 */
export const categoryOf = (kind: Kind, id: number, label: string): StatusCategory =>
  kind === 'ticket' || INFO[kind].statuses.get(id) === label ? (INFO[kind].categories.get(id) ?? null) : null

/** One list there: a kind in a workspace; null: the primary one, which Freshservice lists unless asked for another. */
export interface Scope {
  readonly kind: Kind
  readonly workspace: number | null
}

export const scopesOf = ({
  records,
  workspaces,
}: Pick<Settings, 'records' | 'workspaces'>): readonly Scope[] => {
  const kinds = KINDS.filter((kind) =>
    (records ?? []).length === 0 ? kind === 'ticket' : records?.includes(kind),
  )
  const numbers = [...new Set(workspaces ?? [])].map(Number)
  const places = numbers.length === 0 ? [null] : numbers
  return kinds.flatMap((kind) => places.map((workspace) => ({ kind, workspace })))
}

export const containerOf = ({ kind, workspace }: Scope): string =>
  workspace === null ? kind : `${kind}:${workspace}`

export interface Place {
  readonly kind: Kind
  readonly id: number
}

const REF = /^(ticket|problem|change):([1-9]\d{0,14})$/

/** null: no ref of ours. Tickets, problems and changes are counted apart, so a number alone says nothing. */
export const placeOf = (refId: string): Place | null => {
  const found = REF.exec(refId)
  const kind = KINDS.find((each) => each === found?.[1])
  return kind === undefined ? null : { kind, id: Number(found?.[2]) }
}

export const refIdOf = (kind: Kind, id: number): string => `${kind}:${id}`
