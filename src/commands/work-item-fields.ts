import type { Refusal } from '../domain/refusal.ts'
import { ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findComponent, findProduct, findTeam } from '../store/organisation.ts'
import type { WorkItem } from '../store/work-items.ts'
import { checkLine, checkText } from './field-rules.ts'
import { unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import { fromPlace, personIdOf } from './ticket-references.ts'

/** Whom and what a work item belongs to, by id or key (people by id or e-mail). Null clears. */
export interface WorkItemReferences {
  /** Absent for a new one: the component's or product's owner. */
  readonly team?: string | null
  readonly assignee?: string | null
  readonly product?: string | null
  readonly component?: string | null
  /** By id, or by name within the product. */
  readonly release?: string | null
}

/** What a work item says in words. */
export interface WorkItemWords {
  readonly steps?: string | null
  readonly expected?: string | null
  readonly actual?: string | null
  readonly frequency?: string | null
  readonly since?: string | null
  readonly priority?: string | null
  readonly version?: string | null
  readonly environment?: string | null
  readonly workaround?: string | null
  readonly rootCause?: string | null
  readonly behaviourNote?: string | null
}

const TEXTS = {
  steps: 'steps',
  expected: 'expected',
  actual: 'actual',
  workaround: 'workaround',
  rootCause: 'root_cause',
  behaviourNote: 'behaviour_note',
} as const
const LINES = {
  frequency: 'frequency',
  since: 'since',
  priority: 'priority',
  version: 'release_version',
  environment: 'environment',
} as const

type WordColumn = (typeof TEXTS)[keyof typeof TEXTS] | (typeof LINES)[keyof typeof LINES]

/** The columns of what is said; an empty text is none. `at` is where the fields stand in the input. */
export const checkWords = (
  words: WorkItemWords,
  at = '',
): Result<Readonly<Partial<Record<WordColumn, string | null>>>, Refusal> => {
  const columns: Partial<Record<WordColumn, string | null>> = {}
  for (const field of Object.keys(TEXTS) as (keyof typeof TEXTS)[]) {
    const value = words[field]
    if (value === undefined) continue
    const text = checkText(value ?? '', `${at}/${field}`)
    if (!text.ok) return text
    columns[TEXTS[field]] = text.value === '' ? null : text.value
  }
  for (const field of Object.keys(LINES) as (keyof typeof LINES)[]) {
    const value = words[field]
    if (value === undefined) continue
    const line = value === null || value.trim() === '' ? ok(null) : checkLine(value, `${at}/${field}`)
    if (!line.ok) return line
    columns[LINES[field]] = line.value
  }
  return ok(columns)
}

type ReferenceColumns = Partial<
  Pick<WorkItem, 'team_id' | 'assignee_id' | 'product_id' | 'component_id' | 'release_id'>
>

/** Looks up what is named. A new work item (`known` null) without a team gets the owner of its component or product. */
export const resolveWorkItemReferences = async (
  tx: Tx,
  refs: WorkItemReferences,
  known: Pick<WorkItem, 'product_id'> | null,
): Promise<Result<ReferenceColumns, Refusal>> => {
  const place = await fromPlace(tx, refs, known?.product_id ?? null)
  if (!place.ok) return place
  const columns: ReferenceColumns = { ...place.value }
  if (refs.assignee !== undefined) {
    const person = await personIdOf(tx, refs.assignee, '/assignee')
    if (!person.ok) return person
    columns.assignee_id = person.value
  }
  if (refs.release !== undefined) {
    const productId = columns.product_id === undefined ? (known?.product_id ?? null) : columns.product_id
    const release = await releaseIdOf(tx, refs.release, productId, '/release')
    if (!release.ok) return release
    columns.release_id = release.value
  }
  if (refs.team === null) columns.team_id = null
  else if (refs.team !== undefined) {
    const team = await findTeam(tx, refs.team)
    if (team === null) return unknown('team', refs.team, '/team')
    columns.team_id = team.id
  } else if (known === null) columns.team_id = await ownerOf(tx, columns)
  return ok(columns)
}

const ownerOf = async (tx: Tx, place: ReferenceColumns): Promise<string | null> => {
  if (place.component_id != null) return (await findComponent(tx, null, place.component_id))?.team_id ?? null
  return place.product_id == null ? null : ((await findProduct(tx, place.product_id))?.team_id ?? null)
}
