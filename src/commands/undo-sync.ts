import { sql } from 'kysely'
import { refuse } from '../domain/refusal.ts'
import type { UndoSides } from '../domain/undo.ts'
import { err, ok } from '../lib/result.ts'
import { mappingNow } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import { loadFacts } from '../store/hub-facts.ts'
import { type LockedMirror, lockMirror, rebaseMirror } from '../store/mirror-base.ts'
import { giveBack } from '../store/overwritten.ts'
import { openConflicts } from '../store/questions.ts'
import type { HubFields } from '../sync/hub-view.ts'
import type { FieldRule } from '../sync/mapping.ts'
import { completeBase } from '../sync/mirror-base.ts'
import type { Why } from '../sync/plan.ts'
import { basesApart, planUndo, type UndoneField, type UndoPlan } from '../sync/plan-undo.ts'
import { project } from '../sync/projection.ts'
import type { ToolFields } from '../sync/snapshot.ts'
import { applyToolFields } from './apply-tool-fields.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'
import { markMirror } from './settle-conflict.ts'

export interface UndoSync {
  readonly event: string
  /** Of what was written there: only there (absent), or shall the value from before count here too? */
  readonly sides?: UndoSides
  /** Only says what it would do. */
  readonly dryRun?: boolean
}

/**
 * Takes back what one crossing wrote, and only that: a value that somebody changed since stays. Where the two sides
 * then differ on purpose, that is a conflict until a person settles it; until then no look writes it again.
 */
export const undoSync: Command<UndoSync, UndoPlan> = async (tx, context, input) => {
  const event = await tx
    .selectFrom('event')
    .selectAll()
    .where('id', '=', input.event)
    .where('kind', '=', 'mirror.synced')
    .executeTakeFirst()
  if (event === undefined) return unknown('crossing', input.event, '/event')
  const data = event.data as { readonly mirror: string; readonly why: readonly Why[] }
  const mirror = await lockMirror(tx, data.mirror)
  if (mirror === null || mirror.record_id === null)
    return err(
      refuse('wrong-state', 'Its mirror does not exist any more.', { reason: { code: 'undo-no-mirror' } }),
    )
  const record = { kind: mirror.record_kind, id: mirror.record_id }
  const base = completeBase(mirror.base)
  const plan = planUndo({
    lines: data.why,
    base: base.fields,
    hub: await fieldsHere(tx, record),
    tool: mirror.snapshot?.fields ?? {},
    rules: await rulesOf(tx, mirror),
    since: await crossedSince(tx, record.id, mirror.id, String(event.seq)),
    sides: input.sides ?? 'there',
  })
  const { undone, kept } = plan
  if (undone.length === 0) {
    return err(
      refuse(
        'wrong-state',
        'Nothing of this crossing stands any more: every field was changed since, or is a status, which is never put back.',
        { reason: { code: 'undo-nothing' } },
      ),
    )
  }
  if (input.dryRun) return done(plan)
  const applied = await putBackHere(tx, context, record, undone)
  if (!applied.ok) return applied
  await rebaseMirror(tx, mirror, {
    ...base,
    fields: basesApart(base.fields, undone, context.now.toISOString()),
  })
  await giveBack(tx, mirror.id, givenBack(undone), context.now)
  await openConflicts(
    tx,
    mirror.id,
    undone
      .filter(({ side }) => side !== 'both')
      .map(({ field, toolField, hub, tool }) => {
        const pair = `${field}~${toolField}`
        return { field: pair, base: base.fields[pair] ?? null, hub: hub.after, tool: tool.after }
      }),
    context.newId,
    context.now,
  )
  await markMirror(tx, mirror.id, context)
  return done(
    plan,
    together(applied.value, {
      events: [
        {
          kind: 'mirror.undone',
          record,
          data: { event: event.id, ...bySide(undone), kept: kept.map(({ field }) => field) },
          connectionId: mirror.connection_id,
        },
      ],
      changed: [],
    }),
  )
}

const bySide = (undone: readonly UndoneField[]) => {
  const of = (side: UndoneField['side']) => undone.flatMap((one) => (one.side === side ? [one.field] : []))
  return { here: of('here'), there: of('there'), both: of('both') }
}

const givenBack = (undone: readonly UndoneField[]): ToolFields =>
  Object.fromEntries(
    undone.filter(({ side }) => side !== 'here').map(({ toolField, tool }) => [toolField, tool.after]),
  )

const putBackHere = async (
  tx: Tx,
  context: CommandContext,
  record: Pick<Parameters<typeof applyToolFields>[2], 'kind' | 'id'>,
  undone: readonly UndoneField[],
) => {
  const here = undone.filter(({ side }) => side === 'here')
  if (here.length === 0) return ok<Effects>(NO_EFFECTS)
  const set = Object.fromEntries(here.map(({ field, hub }) => [field, hub.after])) as HubFields
  const applied = await applyToolFields(tx, context, { ...record, version: null }, set, null, [])
  if (!applied.ok) return applied
  const [refused] = applied.value.value.refused
  return refused === undefined
    ? ok<Effects>(applied.value)
    : err(refuse('wrong-state', `What stood there before does not fit any more: ${refused.detail}`))
}

/** What the record shows now; its address, which nobody takes back, is not made. */
const fieldsHere = async (
  tx: Tx,
  record: { readonly kind: string; readonly id: string },
): Promise<HubFields> => {
  const facts = (await loadFacts(tx, [record], '')).get(record.id)
  return facts === undefined ? {} : project(facts, { comments: [], attachments: [] }, () => '').fields
}

/** Releases cross by rules of their own, all of which only come in. */
const rulesOf = async (
  tx: Tx,
  mirror: LockedMirror,
): Promise<readonly Pick<FieldRule, 'hub' | 'tool' | 'direction'>[]> =>
  mirror.record_kind === 'release'
    ? [
        { hub: 'name', tool: 'title', direction: 'to hub' },
        { hub: 'planned', tool: 'due', direction: 'to hub' },
      ]
    : ((await mappingNow(tx, mirror.connection_id))?.fields ?? [])

/** What crossed once more after the crossing that is taken back: its value from before is not what stood there last. */
const crossedSince = async (
  tx: Tx,
  record: string,
  mirror: string,
  seq: string,
): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ pair: string }>`
    select distinct (line->>'field') || '~' || coalesce(line->>'toolField', '') as pair
    from event e, jsonb_array_elements(e.data->'why') line
    where e.record_id = ${record}::uuid and e.kind = 'mirror.synced' and e.seq > ${seq}::bigint and e.data->>'mirror' = ${mirror}`.execute(
    tx,
  )
  return new Set(rows.map(({ pair }) => pair))
}
