import { refuse } from '../domain/refusal.ts'
import { err } from '../lib/result.ts'
import { type Json, sameValue } from '../lib/stable.ts'
import { loadMapping } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import { lockMirror, rebaseMirror } from '../store/mirror-base.ts'
import { replaceConflicts } from '../store/questions.ts'
import { type HubValue, isEmptyHub } from '../sync/hub-view.ts'
import { completeBase, type FieldBase, type MirrorBase, pairName } from '../sync/mirror-base.ts'
import type { Conflict, Why } from '../sync/plan.ts'
import type { ToolField, ToolValue } from '../sync/snapshot.ts'
import { applyToolFields } from './apply-tool-fields.ts'
import { done, type Effects, NO_EFFECTS, together, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { markMirror } from './settle-conflict.ts'

export interface Undone {
  /** Fields put back, by side. */
  readonly here: readonly string[]
  readonly there: readonly string[]
  /** Fields left alone, because somebody changed them since. */
  readonly kept: readonly string[]
}

/**
 * Takes back what one crossing wrote, and only that: a value that somebody changed since stays. The two sides then
 * differ on purpose, so each field that was put back becomes a conflict for a person to settle.
 */
export const undoSync: Command<{ readonly event: string }, Undone> = async (tx, context, input) => {
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
    return err(refuse('wrong-state', 'Its mirror does not exist any more.'))
  const base = completeBase(mirror.base)
  const bothWays = await pairsBothWays(tx, mirror.connection_id)
  const shown = mirror.snapshot?.fields ?? {}
  const fields: Record<string, FieldBase> = { ...base.fields }
  const set: Record<string, HubValue> = {}
  const restore: Record<string, ToolValue> = {}
  const conflicts: Conflict[] = []
  const result = { here: [] as string[], there: [] as string[], kept: [] as string[] }
  for (const line of data.why) {
    const pair = `${line.field}~${line.toolField}`
    const agreed = fields[pair]
    if (line.field === 'state' || agreed === undefined) {
      result.kept.push(line.field)
      continue
    }
    if (line.to === 'hub' && sameValue(agreed.hub, line.value)) {
      set[line.field] = line.before as HubValue
      const apart: FieldBase = { ...agreed, hub: line.before as HubValue, at: context.now.toISOString() }
      // without a base the next look finds both values, as if they met, and asks; with one it would find nothing new
      if (bothWays.has(pair) && !isEmptyHub(apart.hub)) delete fields[pair]
      else fields[pair] = apart
      result.here.push(line.field)
    } else if (line.to === 'tool' && sameValue(shown[line.toolField as ToolField] ?? null, agreed.tool)) {
      restore[line.toolField ?? ''] = line.before as ToolValue
      fields[pair] = { ...agreed, tool: line.before as ToolValue, at: context.now.toISOString() }
      result.there.push(line.field)
    } else {
      result.kept.push(line.field)
      continue
    }
    conflicts.push({
      field: pair,
      base: agreed,
      hub: line.to === 'hub' ? (line.before as HubValue) : agreed.hub,
      tool: line.to === 'hub' ? agreed.tool : (line.before as ToolValue),
    })
  }
  if (result.here.length + result.there.length === 0) {
    return err(
      refuse(
        'wrong-state',
        'Nothing of this crossing stands any more: every field was changed since, or is a status, which is never put back.',
      ),
    )
  }
  let effects: Effects = NO_EFFECTS
  if (Object.keys(set).length > 0) {
    const applied = await applyToolFields(
      tx,
      context,
      { kind: mirror.record_kind, id: mirror.record_id, version: null },
      set,
      null,
      [],
    )
    if (!applied.ok) return applied
    const [refused] = applied.value.value.refused
    if (refused !== undefined)
      return err(refuse('wrong-state', `What stood there before does not fit any more: ${refused.detail}`))
    effects = applied.value
  }
  await rebaseMirror(tx, mirror, { ...base, fields } satisfies MirrorBase)
  await tx
    .updateTable('mirror')
    .set({ restore: JSON.stringify(restore as Json) })
    .where('id', '=', mirror.id)
    .execute()
  await replaceConflicts(tx, mirror.id, conflicts, context.newId, context.now)
  await markMirror(tx, mirror.id, context)
  return done(
    result,
    together(effects, {
      events: [
        {
          kind: 'mirror.undone',
          record: { kind: mirror.record_kind, id: mirror.record_id },
          data: { event: event.id, ...result },
          connectionId: mirror.connection_id,
        },
      ],
      changed: [],
    }),
  )
}

/** Of a field that goes one way nobody is asked: its other end is put back whenever it differs. */
const pairsBothWays = async (tx: Tx, connectionId: string): Promise<ReadonlySet<string>> => {
  const { mapping_version } = await tx
    .selectFrom('connection')
    .select('mapping_version')
    .where('id', '=', connectionId)
    .executeTakeFirstOrThrow()
  const mapping = await loadMapping(tx, connectionId, mapping_version)
  return new Set((mapping?.fields ?? []).filter(({ direction }) => direction === 'both').map(pairName))
}
