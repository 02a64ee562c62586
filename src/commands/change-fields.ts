import { checkSpan, type Span } from '../domain/booking.ts'
import type { Plans } from '../domain/change.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Change, ChangeParts } from '../store/changes.ts'
import type { Tx } from '../store/database.ts'
import { findEnvironment } from '../store/environments.ts'
import { findComponent } from '../store/organisation.ts'
import { findWorkItem } from '../store/work-items.ts'
import { checkLine, checkText, checkTitle } from './field-rules.ts'
import { unknown } from './outcome.ts'
import { releaseIdOf } from './progress-release.ts'
import { personIdOf } from './ticket-references.ts'

/** What people say about a change. References are ids or keys. */
export interface ChangeFields {
  readonly title?: string
  /** Why it is done. */
  readonly reason?: string
  /** Id or name of a release of the product. */
  readonly release?: string | null
  readonly components?: readonly string[]
  readonly environments?: readonly string[]
  /** Work items it brings. */
  readonly workItems?: readonly string[]
  /** Work items that were planned, and wait for it. */
  readonly displaces?: readonly string[]
  /** Id or e-mail of who carries it out. */
  readonly owner?: string | null
  /** Null: none is planned. */
  readonly window?: Span | null
  readonly plans?: Partial<Plans>
  readonly isBackOutTested?: boolean
  /** What was tested, or where that is written down. */
  readonly testEvidence?: string | null
  readonly url?: string | null
}

export type ChangeColumns = Partial<
  Pick<
    Change,
    | ('title' | 'reason' | 'release_id' | 'owner_id' | 'starts_at' | 'ends_at' | 'plan_implement')
    | ('plan_test' | 'plan_back_out' | 'is_back_out_tested' | 'test_evidence' | 'url')
  >
>

export interface ResolvedFields {
  readonly columns: ChangeColumns
  /** The parts that were said; a part that was not said is left out. */
  readonly parts: Partial<ChangeParts>
}

const MOST_PARTS = 100

/** Checks what was said and finds what it names. */
export const resolveFields = async (
  tx: Tx,
  productId: string,
  fields: ChangeFields,
  now: Date,
): Promise<Result<ResolvedFields, Refusal>> => {
  const words = wordColumns(fields)
  if (!words.ok) return words
  const window = windowColumns(fields.window, now)
  if (!window.ok) return window
  const refs = await referenceColumns(tx, productId, fields)
  if (!refs.ok) return refs
  const parts = await resolveParts(tx, productId, fields)
  if (!parts.ok) return parts
  return ok({ columns: { ...words.value, ...window.value, ...refs.value }, parts: parts.value })
}

const wordColumns = (fields: ChangeFields): Result<ChangeColumns, Refusal> => {
  const { title, reason, plans = {}, isBackOutTested, testEvidence, url } = fields
  const checks = {
    title: title === undefined ? null : checkTitle(title),
    reason: reason === undefined ? null : checkText(reason, '/reason'),
    plan_implement: plans.implement === undefined ? null : checkText(plans.implement, '/plans/implement'),
    plan_test: plans.test === undefined ? null : checkText(plans.test, '/plans/test'),
    plan_back_out: plans.backOut === undefined ? null : checkText(plans.backOut, '/plans/backOut'),
    test_evidence: testEvidence == null ? null : checkText(testEvidence, '/testEvidence'),
    url: url == null ? null : checkAddress(url),
  }
  const columns: Record<string, string | boolean | null> = {}
  for (const [column, checked] of Object.entries(checks)) {
    if (checked === null) continue
    if (!checked.ok) return checked
    columns[column] = checked.value
  }
  return ok({
    ...columns,
    ...(testEvidence === null || columns['test_evidence'] === '' ? { test_evidence: null } : {}),
    ...(url === null ? { url: null } : {}),
    ...(isBackOutTested === undefined ? {} : { is_back_out_tested: isBackOutTested }),
  })
}

const checkAddress = (url: string): Result<string, Refusal> => {
  const line = checkLine(url, '/url')
  if (!line.ok) return line
  return /^https?:$/.test(URL.parse(line.value)?.protocol ?? '')
    ? line
    : err(refuse('invalid', 'This is no address: begin it with https://.', { field: '/url' }))
}

const windowColumns = (window: Span | null | undefined, now: Date): Result<ChangeColumns, Refusal> => {
  if (window === undefined) return ok({})
  if (window === null) return ok({ starts_at: null, ends_at: null })
  // an emergency is often written down while it runs: only an end that is past is refused
  const span = checkSpan(window, now, window.from)
  return span.ok ? ok({ starts_at: window.from, ends_at: window.to }) : span
}

const referenceColumns = async (
  tx: Tx,
  productId: string,
  { release, owner }: ChangeFields,
): Promise<Result<ChangeColumns, Refusal>> => {
  const releaseId = release === undefined ? null : await releaseIdOf(tx, release, productId, '/release')
  if (releaseId?.ok === false) return releaseId
  const ownerId = owner === undefined ? null : await personIdOf(tx, owner, '/owner')
  if (ownerId?.ok === false) return ownerId
  return ok({
    ...(releaseId === null ? {} : { release_id: releaseId.value }),
    ...(ownerId === null ? {} : { owner_id: ownerId.value }),
  })
}

const resolveParts = async (
  tx: Tx,
  productId: string,
  fields: ChangeFields,
): Promise<Result<Partial<ChangeParts>, Refusal>> => {
  const { components, environments, workItems, displaces } = fields
  const ofProduct = async <R extends { id: string; product_id: string | null }>(
    noun: string,
    field: string,
    refs: readonly string[] | undefined,
    find: (ref: string) => Promise<R | null>,
    mustBeOfProduct: boolean,
  ): Promise<Result<readonly string[] | null, Refusal>> => {
    if (refs === undefined) return ok(null)
    if (refs.length > MOST_PARTS) return err(refuse('invalid', `At most ${MOST_PARTS} of them.`, { field }))
    const ids = new Set<string>()
    for (const ref of refs) {
      const found = await find(ref)
      if (found === null || (mustBeOfProduct && found.product_id !== productId))
        return unknown(noun, ref, field)
      ids.add(found.id)
    }
    return ok([...ids])
  }
  const inIt = await ofProduct(
    ...(['component', '/components', components] as const),
    (ref) => findComponent(tx, productId, ref),
    true,
  )
  if (!inIt.ok) return inIt
  const there = await ofProduct(
    ...(['environment', '/environments', environments] as const),
    (ref) => findEnvironment(tx, ref),
    true,
  )
  if (!there.ok) return there
  const item = (ref: string) => findWorkItem(tx, ref)
  const brings = await ofProduct('work item', '/workItems', workItems, item, false)
  if (!brings.ok) return brings
  const waits = await ofProduct('work item', '/displaces', displaces, item, false)
  if (!waits.ok) return waits
  const both = brings.value?.some((id) => waits.value?.includes(id)) === true
  if (both)
    return err(
      refuse('invalid', 'A work item cannot be brought and displaced by one change.', {
        field: '/displaces',
      }),
    )
  return ok({
    ...(inIt.value === null ? {} : { componentIds: inIt.value }),
    ...(there.value === null ? {} : { environmentIds: there.value }),
    ...(brings.value === null && waits.value === null
      ? {}
      : { workItems: [...linked(brings.value, 'brings'), ...linked(waits.value, 'displaces')] }),
  })
}

const linked = <R extends 'brings' | 'displaces'>(ids: readonly string[] | null, relation: R) =>
  (ids ?? []).map((work_item_id) => ({ work_item_id, relation }))
