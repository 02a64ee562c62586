import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { Catalog } from './catalog.ts'
import { customValue, normalLines } from './convert.ts'
import type { WireIssue, WireJournal } from './schema.ts'

/**
 * What a write of ours replaced, by the journals of the issue as it was read back. Redmine takes every write, so an
 * edit made between our read and our write is gone from the issue, but not from its journals.
 */

/** As in a journal: an id or a text; several values as a sorted list; null: none. */
type Raw = string | null | readonly string[]

interface Written {
  readonly field: ToolField
  /** `property` and `name` of its details in journals. */
  readonly detail: readonly ['attr' | 'cf', string]
  readonly sent: Raw
  /** A field of several values as the issue shows it now; null: it holds one. */
  readonly now: readonly string[] | null
}

const PARAMETERS = {
  title: 'subject',
  description: 'description',
  status: 'status_id',
  type: 'tracker_id',
  priority: 'priority_id',
  container: 'project_id',
  owner: 'assigned_to_id',
  component: 'category_id',
  release: 'fixed_version_id',
  due: 'due_date',
} as const satisfies Readonly<Partial<Record<ToolField, string>>>

const rawOf = (value: unknown): Raw => {
  if (Array.isArray(value)) return value.map(String).sort()
  return value === null || value === undefined || value === '' ? null : normalLines(String(value))
}

const plain = (raw: Raw): string =>
  JSON.stringify([raw ?? []].flat().map((each) => each.replace(/\s+/g, ' ').trim()))

/** `parameters`: as they were, or would be, sent. */
const writtenOf = (
  issue: WireIssue,
  fields: ToolFields,
  parameters: Readonly<Record<string, unknown>>,
): readonly Written[] => {
  const standard = Object.entries(PARAMETERS).flatMap(([field, name]): Written[] =>
    name in parameters && field in fields
      ? [{ field: field as ToolField, detail: ['attr', name], sent: rawOf(parameters[name]), now: null }]
      : [],
  )
  const sent = new Map(
    (Array.isArray(parameters['custom_fields']) ? parameters['custom_fields'] : []).map((each) => [
      each.id,
      each.value,
    ]),
  )
  const custom = (issue.custom_fields ?? []).flatMap((each): Written[] =>
    sent.has(each.id)
      ? [
          {
            field: `cf:${each.name}`,
            detail: ['cf', String(each.id)],
            sent: rawOf(sent.get(each.id)),
            now: Array.isArray(each.value) ? each.value : null,
          },
        ]
      : [],
  )
  return [...standard, ...custom]
}

/** Oldest first. A field of several values has a detail for each one that came or went: they are undone from now back. */
const stepsOf = (
  journals: readonly WireJournal[],
  written: Written,
  accountId: number,
): readonly FieldStep<Raw>[] => {
  const [property, name] = written.detail
  let after: readonly string[] = written.now ?? []
  const steps = journals.toReversed().flatMap((journal): FieldStep<Raw>[] => {
    const details = (journal.details ?? []).filter((each) => each.property === property && each.name === name)
    const [first] = details
    if (first === undefined) return []
    const byUs = journal.user?.id === accountId
    if (written.now === null) return [{ byUs, before: rawOf(first.old_value), after: rawOf(first.new_value) }]
    const came = new Set(details.map((each) => each.new_value))
    const went = details.flatMap((each) => (each.old_value ? [each.old_value] : []))
    const before = [...after.filter((each) => !came.has(each)), ...went]
    const step = { byUs, before: rawOf(before), after: rawOf(after) }
    after = before
    return [step]
  })
  return steps.toReversed()
}

/** In the terms of snapshots. What has no name any more is told by its number, rather than not at all. */
const toolValue = async (
  field: ToolField,
  raw: Raw,
  issue: WireIssue,
  catalog: Catalog,
): Promise<ToolValue> => {
  if (field.startsWith('cf:')) return customValue(raw)
  if (field === 'title' || field === 'description') return String(raw ?? '')
  if (raw === null || Array.isArray(raw)) return null
  const text = String(raw)
  if (field === 'owner' || field === 'due') return text
  return (await catalog.nameOf(field, Number(text), issue.project)) ?? `#${text}`
}

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): number | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  return since !== null && /^\d{1,15}$/.test(since) ? Number(since) : null
}

export const overwroteIn = async (
  issue: WireIssue,
  since: number,
  fields: ToolFields,
  parameters: Readonly<Record<string, unknown>>,
  catalog: Catalog,
): Promise<ToolFields> => {
  const newer = (issue.journals ?? []).filter((each) => each.id > since).sort((a, b) => a.id - b.id)
  if (newer.length < 2) return {}
  const { id: accountId } = await catalog.account()
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const written of writtenOf(issue, fields, parameters)) {
    const steps = stepsOf(newer, written, accountId)
    const lost = replacedValue(steps, (after) => plain(after) === plain(written.sent))
    if (lost !== undefined) overwrote[written.field] = await toolValue(written.field, lost, issue, catalog)
  }
  return overwrote
}
