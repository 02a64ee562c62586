import { sql } from 'kysely'
import type { Actor } from '../../domain/actor.ts'
import type { ToldHold } from '../../domain/hold-words.ts'
import type { HubFields } from '../../sync/hub-view.ts'
import { isEmptyHub } from '../../sync/hub-view.ts'
import type { FieldRule, Mapping } from '../../sync/mapping.ts'
import { completeBase, type MirrorBase, pairName, STATUS_PAIR } from '../../sync/mirror-base.ts'
import { isEmptyValue } from '../../sync/normalisation.ts'
import type { Why } from '../../sync/plan.ts'
import { project } from '../../sync/projection.ts'
import type { Snapshot } from '../../sync/snapshot.ts'
import type { Tx } from '../database.ts'
import { loadFacts } from '../hub-facts.ts'

/** Where a field's value came from: who set it, where, by which rule, and what waits. */
export interface FieldStory {
  readonly connection: string
  readonly item: { readonly key: string | null; readonly url: string | null }
  readonly field: string
  readonly toolField: string
  readonly rule: { readonly direction: string; readonly conflict: string } | null
  /** What both sides showed when they last agreed. */
  readonly agreed: {
    readonly hub: unknown
    readonly tool: unknown
    readonly by: string
    readonly at: string
  } | null
  /** Nothing stands here and nothing there: there is nothing to agree on, and nothing waits. */
  readonly bothEmpty: boolean
  readonly hold: {
    readonly reason: string
    readonly nextStep: string
    readonly told: ToldHold | null
    readonly since: Date
  } | null
  readonly conflict: {
    readonly id: string
    readonly hub: unknown
    readonly tool: unknown
    readonly openedAt: Date
  } | null
  /** The latest crossings first. */
  readonly crossings: readonly {
    readonly eventId: string
    readonly at: Date
    readonly actor: Actor
    readonly because: string
    readonly line: Why
  }[]
}

const MAX_CROSSINGS = 200

/** The story of a record's fields on each of its mirrors, or of one field; null when nothing has that key. */
export const explainFields = async (
  tx: Tx,
  mirrorIds: readonly string[],
  field: string | null,
): Promise<readonly FieldStory[]> => {
  const mirrors = await sql<MirrorRow>`
    select m.id, m.record_kind as kind, m.record_id as record, m.base, m.snapshot, m.remote_key, m.remote_url, c.key as connection, p.document as mapping,
      coalesce((select jsonb_agg(to_jsonb(h)) from hold h where h.mirror_id = m.id), '[]') as holds,
      coalesce((select jsonb_agg(to_jsonb(k)) from conflict k where k.mirror_id = m.id and k.settled_at is null), '[]') as conflicts
    from mirror m join connection c on c.id = m.connection_id left join mapping p on p.connection_id = c.id and p.version = c.mapping_version
    where m.id = any(${[...mirrorIds]}::uuid[])`.execute(tx)
  const events = await sql<EventRow>`
    select e.id, e.at, e.actor, e.data from event e
    where e.kind = 'mirror.synced' and e.record_id in (select record_id from mirror where id = any(${[...mirrorIds]}::uuid[])) order by e.seq desc limit ${MAX_CROSSINGS}`.execute(
    tx,
  )
  const hubFields = await fieldsOfRecords(tx, mirrors.rows)
  return mirrors.rows.flatMap((mirror) => storiesOf(mirror, hubFields, events.rows, field))
}

type FieldsOfRecords = ReadonlyMap<string, HubFields>

/** What our records show now, to tell a field that is empty on both sides from one that waits. */
const fieldsOfRecords = async (tx: Tx, mirrors: readonly MirrorRow[]): Promise<FieldsOfRecords> => {
  const records = mirrors.flatMap(({ kind, record }) => (record === null ? [] : [{ kind, id: record }]))
  const facts = await loadFacts(tx, records, '')
  return new Map(
    [...facts].map(([id, known]) => [
      id,
      project(known, { comments: [], attachments: [] }, () => known.id).fields,
    ]),
  )
}

interface MirrorRow {
  readonly id: string
  readonly kind: string
  readonly record: string | null
  readonly snapshot: Pick<Snapshot, 'fields'> | null
  readonly base: Partial<MirrorBase>
  readonly remote_key: string | null
  readonly remote_url: string | null
  readonly connection: string
  readonly mapping: Mapping | null
  readonly holds: readonly {
    readonly field: string
    readonly reason: string
    readonly next_step: string
    readonly told: ToldHold | null
    readonly since: string
  }[]
  readonly conflicts: readonly {
    readonly id: string
    readonly field: string
    readonly hub: unknown
    readonly tool: unknown
    readonly opened_at: string
  }[]
}

interface EventRow {
  readonly id: string
  readonly at: Date
  readonly actor: Actor
  readonly data: { readonly mirror: string; readonly why: readonly Why[]; readonly because?: string }
}

const storiesOf = (
  mirror: MirrorRow,
  hubFields: FieldsOfRecords,
  events: readonly EventRow[],
  field: string | null,
): readonly FieldStory[] => {
  const rules: readonly (FieldRule | null)[] = [
    ...(mirror.mapping?.fields ?? []),
    ...(mirror.mapping?.status ? [null] : []),
  ]
  return rules.flatMap((rule) => {
    const name = rule?.hub ?? 'state'
    if (field !== null && field !== name && field !== rule?.tool && !(rule === null && field === 'status'))
      return []
    return [storyOf(mirror, hubFields, events, rule)]
  })
}

/** The item was read, its field is empty, and so is ours. A state is never empty. */
const isEmptyOnBothSides = (
  mirror: MirrorRow,
  hubFields: FieldsOfRecords,
  rule: FieldRule | null,
): boolean => {
  const here = mirror.record === null ? undefined : hubFields.get(mirror.record)
  if (rule === null || here === undefined || mirror.snapshot === null) return false
  return isEmptyHub(here[rule.hub]) && isEmptyValue(mirror.snapshot.fields[rule.tool])
}

const storyOf = (
  mirror: MirrorRow,
  hubFields: FieldsOfRecords,
  events: readonly EventRow[],
  rule: FieldRule | null,
): FieldStory => {
  const base = completeBase(mirror.base)
  const pair = rule === null ? STATUS_PAIR : pairName(rule)
  const name = rule?.hub ?? 'state'
  const status =
    base.status === null ? null : { ...base.status, by: mirror.mapping?.status?.owner ?? 'tool', at: '' }
  const hold = mirror.holds.find((one) => one.field === pair)
  const conflict = mirror.conflicts.find((one) => one.field === pair)
  return {
    connection: mirror.connection,
    item: { key: mirror.remote_key, url: mirror.remote_url },
    field: name,
    toolField: rule?.tool ?? 'status',
    rule: rule === null ? null : { direction: rule.direction, conflict: rule.conflict },
    agreed: rule === null ? status : (base.fields[pair] ?? null),
    bothEmpty: isEmptyOnBothSides(mirror, hubFields, rule),
    hold:
      hold === undefined
        ? null
        : { reason: hold.reason, nextStep: hold.next_step, told: hold.told, since: new Date(hold.since) },
    conflict:
      conflict === undefined
        ? null
        : { id: conflict.id, hub: conflict.hub, tool: conflict.tool, openedAt: new Date(conflict.opened_at) },
    crossings: events.flatMap((event) =>
      event.data.mirror !== mirror.id
        ? []
        : event.data.why
            .filter((line) => line.field === name)
            .map((line) => ({
              eventId: event.id,
              at: event.at,
              actor: event.actor,
              because: event.data.because ?? '',
              line,
            })),
    ),
  }
}
