import { WORK_ITEM_KINDS, WORK_ITEM_STATES } from '../domain/words.ts'
import type { WorkItemCommand } from '../domain/work-item.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findReleaseNamed, insertRelease } from '../store/releases.ts'
import type { WorkItem, WorkItemPatch } from '../store/work-items.ts'
import type { HubValue } from '../sync/hub-view.ts'
import { mergeCustom } from './change-ticket.ts'
import { checkCustom, checkLine, checkText, checkTitle } from './field-rules.ts'
import { done } from './outcome.ts'
import { heldWorkItem, progressWorkItem } from './progress-work-item.ts'
import { turnForRelease } from './read-ci-reports-again.ts'
import { readColleague } from './read-colleague.ts'
import { readComponent, readProduct } from './read-place.ts'
import type { Command, CommandContext } from './run-command.ts'
import {
  type AppliedFields,
  type ApplyFields,
  type FieldReader,
  lineOf,
  oneOf,
  readFields,
  richOf,
  sentence,
} from './tool-values.ts'

/** One own field to merge, besides columns. */
type Patch = WorkItemPatch & { readonly ownField?: Readonly<Record<string, string | null>> }

/**
 * Takes in what a tracker shows of a work item. The tool owns its state: any move is a fact, and the tickets behind it
 * follow (done → fixed, reopened → accepted, declined …).
 */
export const applyWorkItemFields: Command<ApplyFields, AppliedFields> = async (tx, context, input) => {
  const held = await heldWorkItem(tx, input.id, input.version ?? undefined, '/id')
  if (!held.ok) return held
  const item = held.value
  const read = await readFields<Patch>(input.set, readersFor(tx, context, item), (name, value) =>
    ok({ ownField: { [name]: value } }),
  )
  const { applied, refused } = { applied: [...read.applied], refused: [...read.refused] }
  const patch: WorkItemPatch = { ...read.patch }
  if (read.custom.length > 0) {
    const own = Object.assign({}, ...read.custom.map((one) => one.ownField))
    const custom = checkCustom(mergeCustom(item.custom, own))
    if (custom.ok) patch.custom = JSON.stringify(custom.value)
    else refused.push({ field: 'custom', detail: custom.error.detail })
  }
  const command = commandOf(input.state)
  if (!command.ok) refused.push({ field: 'state', detail: command.error })
  else if (input.state !== null) applied.push('state')

  const progressed = await progressWorkItem(tx, context, item, command.ok ? command.value : null, patch)
  if (!progressed.ok) return progressed
  return done({ version: progressed.value.version, applied, refused }, progressed.value)
}

const commandOf = (state: string | null): Result<WorkItemCommand | null, string> => {
  if (state === null) return ok(null)
  const to = WORK_ITEM_STATES.find((word) => word === state)
  return to === undefined
    ? err(`“${state.slice(0, 100)}” is no state of a work item.`)
    : ok({ do: 'follow tool', to })
}

const readersFor = (
  tx: Tx,
  context: CommandContext,
  item: WorkItem,
): Readonly<Record<string, FieldReader<Patch>>> => ({
  title: async (value) => {
    const title = sentence(checkTitle(lineOf(value) ?? ''))
    return title.ok ? ok({ title: title.value }) : title
  },
  description: async (value) => {
    const text = richOf(value)
    return text.ok ? ok({ description: JSON.stringify(text.value) }) : text
  },
  kind: async (value) => {
    const kind = oneOf(value, WORK_ITEM_KINDS)
    if (!kind.ok) return kind
    return kind.value === null ? err('A work item always has a kind.') : ok({ kind: kind.value })
  },
  priority: async (value) => lineColumn(value, 'priority'),
  product: async (value) => readProduct(tx, value, item.product_id),
  component: async (value, soFar) =>
    readComponent(tx, value, soFar.product_id === undefined ? item.product_id : soFar.product_id),
  version: async (value) => lineColumn(value, 'release_version'),
  environment: async (value) => lineColumn(value, 'environment'),
  assignee: async (value) => {
    const assignee = await readColleague(tx, value)
    return assignee.ok ? ok({ assignee_id: assignee.value }) : assignee
  },
  release: async (value, soFar) =>
    readRelease(tx, context, value, soFar.product_id === undefined ? item.product_id : soFar.product_id),
  workaround: async (value) => textColumn(value, 'workaround'),
  'root cause': async (value) => textColumn(value, 'root_cause'),
  'decline reason': async (value) => textColumn(value, 'decline_reason'),
})

const lineColumn = (
  value: HubValue,
  column: 'priority' | 'release_version' | 'environment',
): Result<Patch, string> => {
  const text = lineOf(value)
  if (text === null) return ok({ [column]: null })
  const line = sentence(checkLine(text, `/${column}`))
  return line.ok ? ok({ [column]: line.value }) : line
}

const textColumn = (
  value: HubValue,
  column: 'workaround' | 'root_cause' | 'decline_reason',
): Result<Patch, string> => {
  const text = sentence(checkText(lineOf(value) ?? '', `/${column}`))
  return text.ok ? ok({ [column]: text.value === '' ? null : text.value }) : text
}

/** A release by its name within the product; a name never heard before is a release that the tool plans. */
const readRelease = async (
  tx: Tx,
  context: CommandContext,
  value: HubValue,
  productId: string | null,
): Promise<Result<Patch, string>> => {
  const text = lineOf(value)
  if (text === null) return ok({ release_id: null })
  const name = sentence(checkLine(text, '/release'))
  if (!name.ok) return name
  if (productId === null) {
    return err('Its product is not known, so neither is its release. Map the project to a product.')
  }
  const known = await findReleaseNamed(tx, productId, name.value)
  if (known !== null) return ok({ release_id: known.id })
  await insertRelease(tx, { id: context.newId(), productId, name: name.value, at: context.now })
  const made = await findReleaseNamed(tx, productId, name.value)
  if (made === null) return err('The release could not be made.')
  await turnForRelease(tx, { productId, name: name.value })
  return ok({ release_id: made.id })
}
