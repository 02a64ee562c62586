import type { ConflictChoice } from '../domain/conflict-choice.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { mappingNow } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import { LANES, PERSON_ASKED } from '../store/dirty.ts'
import { type LockedMirror, lockMirror, rebaseElement, rebaseMirror } from '../store/mirror-base.ts'
import { giveBack } from '../store/overwritten.ts'
import type { HubFields, HubValue } from '../sync/hub-view.ts'
import { completeBase, type FieldBase, pairName } from '../sync/mirror-base.ts'
import type { ToolValue } from '../sync/snapshot.ts'
import { applyToolFields } from './apply-tool-fields.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { Command, CommandContext } from './run-command.ts'

export interface SettleConflict {
  readonly conflict: string
  readonly take: ConflictChoice
  /** With `value`: what both sides shall show, in our words. */
  readonly value?: HubValue
}

/**
 * A person says what counts. It is done by moving the base of the side that gives way to what that side shows now, so
 * that only the other one looks changed; the next merge then writes it, and the value that lost stays in the log.
 * A value that our own write replaced there is given back to the tool instead.
 */
export const settleConflict: Command<
  SettleConflict,
  { readonly mirror: string; readonly field: string }
> = async (tx, context, input) => {
  const conflict = await tx
    .selectFrom('conflict')
    .selectAll()
    .where('id', '=', input.conflict)
    .forUpdate()
    .executeTakeFirst()
  if (conflict === undefined) return unknown('conflict', input.conflict, '/conflict')
  if (conflict.settled_at !== null)
    return err(refuse('already-done', `This conflict was settled before, by “${conflict.choice}”.`))
  const mirror = await lockMirror(tx, conflict.mirror_id)
  if (mirror === null) return unknown('mirror', conflict.mirror_id, '/conflict')
  const [hubField] = conflict.field.split('~')
  if (input.take === 'value' && input.value === undefined)
    return err(refuse('invalid', 'Say which value both sides shall show.', { field: '/value' }))
  const isComment = conflict.field.startsWith('comment:')
  if (isComment) {
    if (input.take === 'base' || input.take === 'value') {
      return err(refuse('invalid', 'Of a comment, take ours or theirs; then edit it.', { field: '/take' }))
    }
    await rebaseElement(
      tx,
      mirror.id,
      conflict.field.slice('comment:'.length),
      input.take === 'hub' ? { baseTool: String(conflict.tool) } : { baseHub: null },
    )
  } else if (conflict.overwritten) {
    // both sides show ours, and the tool's value stands nowhere: it is put back there, and comes in as the edit it was
    const [, toolField = ''] = conflict.field.split('~')
    if (input.take === 'tool')
      await giveBack(tx, mirror.id, { [toolField]: conflict.tool as ToolValue }, context.now, LANES.person)
    await rebaseMirror(tx, mirror, completeBase(mirror.base))
  } else {
    const base = completeBase(mirror.base)
    const before: FieldBase | undefined = base.fields[conflict.field]
    const at = context.now.toISOString()
    const side = input.take === 'tool' ? 'tool' : 'hub'
    const shown = { hub: conflict.hub as HubValue, tool: conflict.tool as FieldBase['tool'] }
    const oneWay =
      before?.apart === undefined ? null : await onlyWayOf(tx, mirror.connection_id, conflict.field)
    let next: FieldBase
    // the side that counts cannot be written to the other: both stay as they are until one of them changes
    if (oneWay !== null && oneWay !== side) next = { ...shown, by: 'both', at }
    else if (before?.apart !== undefined) next = { ...before, apart: side, at }
    else if (side === 'tool') next = { hub: shown.hub, tool: before?.tool ?? null, by: 'both', at }
    else next = { hub: before?.hub ?? null, tool: shown.tool, by: 'both', at }
    await rebaseMirror(tx, mirror, { ...base, fields: { ...base.fields, [conflict.field]: next } })
  }
  const set =
    input.take === 'base'
      ? ((conflict.base as FieldBase | null)?.hub ?? null)
      : input.take === 'value'
        ? (input.value ?? null)
        : undefined
  const applied = set === undefined ? ok(NO_EFFECTS) : await setHere(tx, context, mirror, hubField ?? '', set)
  if (!applied.ok) return applied
  await tx
    .updateTable('conflict')
    .set({
      settled_at: context.now,
      settled_by: JSON.stringify(context.actor),
      choice: input.take,
      settled_value: JSON.stringify(set ?? (input.take === 'hub' ? conflict.hub : conflict.tool)),
    })
    .where('id', '=', conflict.id)
    .execute()
  await markMirror(tx, mirror.id, context)
  return done(
    { mirror: mirror.id, field: conflict.field },
    together(applied.value, {
      events: [
        {
          kind: 'conflict.settled',
          record: mirror.record_id === null ? null : { kind: mirror.record_kind, id: mirror.record_id },
          // the log of a record is for all its readers, a comment's words for some: those stay with the conflict
          data: isComment
            ? { field: conflict.field, take: input.take }
            : {
                field: conflict.field,
                take: input.take,
                base: conflict.base,
                hub: conflict.hub,
                tool: conflict.tool,
              },
          connectionId: mirror.connection_id,
        },
      ],
      changed: [],
    }),
  )
}

/** Of a field that goes one way, the side whose value it takes; null: both. */
const onlyWayOf = async (tx: Tx, connectionId: string, pair: string): Promise<'hub' | 'tool' | null> => {
  const rule = (await mappingNow(tx, connectionId))?.fields.find((one) => pairName(one) === pair)
  if (rule?.direction === 'to tool') return 'hub'
  return rule?.direction === 'to hub' ? 'tool' : null
}

const setHere = async (
  tx: Tx,
  context: CommandContext,
  mirror: LockedMirror,
  field: string,
  value: HubValue,
): Promise<Result<Effects, Refusal>> => {
  if (mirror.record_id === null) return ok(NO_EFFECTS)
  const record = { kind: mirror.record_kind, id: mirror.record_id, version: null }
  const applied = await applyToolFields(tx, context, record, { [field]: value } as HubFields, null, [])
  if (!applied.ok) return applied
  const [refused] = applied.value.value.refused
  return refused === undefined
    ? ok(applied.value)
    : err(refuse('invalid', refused.detail, { field: '/value' }))
}

/** A person waits for it. */
export const markMirror = async (tx: Tx, id: string, context: CommandContext): Promise<void> => {
  await tx
    .updateTable('mirror')
    .set((is) => ({
      dirty_seq: is('dirty_seq', '+', 1),
      dirty_lane: LANES.person,
      dirty_at: context.now,
      dirty_why: PERSON_ASKED,
      retry_at: null,
    }))
    .where('id', '=', id)
    .execute()
}
