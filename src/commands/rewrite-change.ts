import { mayBeRewritten } from '../domain/change.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { sameValue } from '../lib/stable.ts'
import {
  type Change,
  type ChangeParts,
  type ChangePatch,
  lockChange,
  readParts,
  updateChange,
  writeParts,
} from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { askedColumns, askedFor } from './ask-keys.ts'
import { type ChangeFields, resolveFields } from './change-fields.ts'
import { type ChangeId, changeEvent, heldChange, moveChange, type OfChange } from './held-change.ts'
import { displacedEvents } from './open-change.ts'
import { columnChanges } from './organisation-rules.ts'
import { done, NO_EFFECTS } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface RewriteChange extends OfChange {
  readonly set: ChangeFields
}

/** Columns that say what it is and when: keys that were given for others are void. */
const SCOPE = [
  ...(['plan_implement', 'plan_test', 'plan_back_out', 'starts_at', 'ends_at'] as const),
  ...(['release_id', 'owner_id'] as const),
] as const satisfies readonly (keyof ChangePatch)[]

/**
 * Writes a change anew. When plan, window or parts change, keys are asked for again: a key is for what was read. Adding
 * evidence voids nothing; taking it back does.
 */
export const rewriteChange: Command<RewriteChange, ChangeId> = async (tx, context, input) => {
  const held = await heldChange(tx, input)
  if (!held.ok) return held
  const change = held.value
  const { id, key } = change
  const resolved = await resolveFields(tx, change.product_id, input.set, context.now)
  if (!resolved.ok) return resolved
  const before = await readParts(tx, id)
  const parts = mergedParts(before, resolved.value.parts, input.set)
  const changes = columnChanges(inWords(change), inWords(resolved.value.columns))
  const arePartsNew = !sameValue(inOrder(before), inOrder(parts))
  if (Object.keys(changes).length === 0 && !arePartsNew) return done({ id, key }, NO_EFFECTS)
  const isNewScope = arePartsNew || SCOPE.some((column) => column in changes) || lostEvidence(changes)
  const may = checkMay(change, Object.keys(changes), isNewScope)
  if (!may.ok) return may
  if (arePartsNew) await writeParts(tx, id, parts)
  if (isNewScope) {
    const patch = { ...resolved.value.columns, scope: change.scope + 1 }
    const moved = await moveChange(tx, change, 'rethink', patch, context.now)
    if (!moved.ok) return moved
    await assessAnew(tx, id, context.now)
  } else await updateChange(tx, id, resolved.value.columns, context.now)
  const known = new Set(before.workItems.map(({ work_item_id }) => work_item_id))
  const fresh = { ...parts, workItems: parts.workItems.filter((item) => !known.has(item.work_item_id)) }
  return done(
    { id, key },
    {
      events: [
        changeEvent('change.changed', change, { changes, parts: arePartsNew, keysVoid: isNewScope }),
        ...displacedEvents(fresh, change),
      ],
      changed: [],
    },
  )
}

const lostEvidence = (changes: Readonly<Record<string, { readonly to: unknown }>>): boolean =>
  changes['is_back_out_tested']?.to === false || changes['test_evidence']?.to === null

/** A standard change keeps the plans of its model: with others it would be a normal one. */
const checkMay = (change: Change, columns: readonly string[], isNewScope: boolean): Result<null, Refusal> => {
  if (isNewScope && !mayBeRewritten(change.state))
    return err(
      refuse('wrong-state', `The change is ${change.state}: what it is about stays. Open another for more.`),
    )
  return change.kind === 'standard' && columns.some((column) => column.startsWith('plan_'))
    ? err(
        refuse(
          'wrong-state',
          'A standard change keeps the plans of its model. Open a normal one for others.',
        ),
      )
    : ok(null)
}

const assessAnew = async (tx: Tx, id: string, now: Date): Promise<void> => {
  const change = await lockChange(tx, id)
  if (change !== null && change.risk !== null)
    await updateChange(tx, id, askedColumns(await askedFor(tx, change, now)), now)
}

/** Work items that are brought and displaced are said apart: what was not said stays. */
const mergedParts = (
  before: ChangeParts,
  said: Partial<ChangeParts>,
  { workItems, displaces }: ChangeFields,
): ChangeParts => {
  const kept = before.workItems.filter(({ relation }) =>
    relation === 'brings' ? workItems === undefined : displaces === undefined,
  )
  const fresh = said.workItems ?? []
  const isNew = new Set(fresh.map((item) => item.work_item_id))
  return {
    componentIds: said.componentIds ?? before.componentIds,
    environmentIds: said.environmentIds ?? before.environmentIds,
    workItems: [...kept.filter((item) => !isNew.has(item.work_item_id)), ...fresh],
  }
}

const inOrder = ({ componentIds, environmentIds, workItems }: ChangeParts) => [
  componentIds.toSorted(),
  environmentIds.toSorted(),
  workItems.map(({ work_item_id, relation }) => `${work_item_id} ${relation}`).toSorted(),
]

/** Moments as texts: two of them are compared by what they say. */
const inWords = (row: object): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )
