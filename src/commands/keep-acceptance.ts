import type { CaseResult } from '../domain/acceptance.ts'
import type { EventKind } from '../domain/event.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import {
  type AcceptanceCase,
  countCases,
  insertCase,
  insertRun,
  lockCase,
  updateCase,
} from '../store/acceptance.ts'
import type { Tx } from '../store/database.ts'
import { findPerson } from '../store/organisation.ts'
import { lockRelease } from '../store/releases.ts'
import { findTicket } from '../store/tickets.ts'
import { findWorkItem } from '../store/work-items.ts'
import { checkText, checkTitle } from './field-rules.ts'
import { columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import { componentIdIn } from './release-note-rules.ts'
import type { Command } from './run-command.ts'

const MOST_CASES = 500

interface CaseWords {
  readonly title: string
  readonly steps: string
  readonly expected: string
}

const checkWords = (set: Partial<CaseWords>, at: '' | '/set'): Result<Partial<CaseWords>, Refusal> => {
  const title = set.title === undefined ? ok(undefined) : checkTitle(set.title, `${at}/title`)
  if (!title.ok) return title
  const steps = checkText((set.steps ?? '').trim(), `${at}/steps`)
  if (!steps.ok) return steps
  const expected = checkText((set.expected ?? '').trim(), `${at}/expected`)
  if (!expected.ok) return expected
  return ok({
    ...(title.value === undefined ? {} : { title: title.value }),
    ...(set.steps === undefined ? {} : { steps: steps.value }),
    ...(set.expected === undefined ? {} : { expected: expected.value }),
  })
}

const told = (
  kind: EventKind,
  { id, title }: { readonly id: string; readonly title: string },
  more: object = {},
) =>
  done(
    { id },
    { events: [{ kind, record: { kind: 'acceptance', id }, data: { title, ...more } }], changed: [] },
  )

export interface AddCase extends CaseWords {
  /** Id. */
  readonly release: string
  /** Id or key. */
  readonly component?: string | null
  /** Id or key of the ticket that it was suggested from. */
  readonly ticket?: string | null
}

/** Writes down what is tried before the release goes live. */
export const addCase: Command<AddCase, { readonly id: string }> = async (tx, context, input) => {
  const release = await lockRelease(tx, input.release)
  if (release === null) return unknown('release', input.release, '/release')
  const words = checkWords(input, '')
  if (!words.ok) return words
  const component = await componentIdIn(tx, release.product_id, input.component ?? null, '/component')
  if (!component.ok) return component
  const ticket = input.ticket == null ? null : await findTicket(tx, input.ticket)
  if (input.ticket != null && ticket === null) return unknown('ticket', input.ticket, '/ticket')
  if ((await countCases(tx, release.id)) >= MOST_CASES)
    return err(refuse('in-use', `A release has at most ${MOST_CASES} cases.`))
  const id = context.newId()
  const { title = '', steps = '', expected = '' } = words.value
  await insertCase(tx, {
    ...{ id, release_id: release.id, component_id: component.value, ticket_id: ticket?.id ?? null },
    ...{ title, steps, expected, created_at: context.now, updated_at: context.now },
  })
  return told('acceptance.created', { id, title })
}

interface OfCase {
  /** Id. */
  readonly case: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
}

/** Other words: whatever it came to before was another case, and it has to be run again. */
export const changeCase: Command<
  OfCase & { readonly set: Partial<CaseWords> },
  { readonly id: string }
> = async (tx, context, input) => {
  const held = await heldCase(tx, input)
  if (!held.ok) return held
  const words = checkWords(input.set, '/set')
  if (!words.ok) return words
  if (Object.keys(columnChanges(held.value, words.value)).length === 0) return done({ id: held.value.id })
  await updateCase(tx, held.value.id, words.value, true, context.now)
  return told('acceptance.changed', { ...held.value, ...words.value })
}

export const removeCase: Command<OfCase, { readonly id: string }> = async (tx, context, input) => {
  const held = await heldCase(tx, input)
  if (!held.ok) return held
  await updateCase(tx, held.value.id, { removed_at: context.now }, false, context.now)
  return told('acceptance.removed', held.value)
}

export const restoreCase: Command<OfCase, { readonly id: string }> = async (tx, context, input) => {
  const one = await lockCase(tx, input.case)
  if (one === null) return unknown('case', input.case, '/case')
  if (one.removed_at === null) return err(refuse('wrong-state', 'The case is there already.'))
  await updateCase(tx, one.id, { removed_at: null }, false, context.now)
  return told('acceptance.restored', one)
}

export interface RunCase extends OfCase {
  /** Id of who ran it, and signs for what came of it. */
  readonly person: string
  readonly result: CaseResult
  readonly note?: string | null
  /** Id or key of the defect that was found. */
  readonly workItem?: string | null
}

/** What came of trying a case. Each run is kept; the last one counts. */
export const runCase: Command<RunCase, { readonly id: string }> = async (tx, context, input) => {
  const held = await heldCase(tx, input)
  if (!held.ok) return held
  const person = await findPerson(tx, input.person)
  if (person === null) return unknown('person', input.person, '/person')
  const note = checkText((input.note ?? '').trim(), '/note')
  if (!note.ok) return note
  if (input.result !== 'passed' && note.value === '' && input.workItem == null)
    return err(refuse('invalid', 'Say what went wrong, or name the defect.', { field: '/note' }))
  const found = input.workItem == null ? null : await findWorkItem(tx, input.workItem)
  if (input.workItem != null && found === null) return unknown('work item', input.workItem, '/workItem')
  await insertRun(tx, {
    ...{ id: context.newId(), case_id: held.value.id, case_version: held.value.version },
    ...{ result: input.result, note: note.value === '' ? null : note.value },
    ...{ work_item_id: found?.id ?? null, person_id: person.id, run_at: context.now },
  })
  return told('acceptance.run', held.value, { result: input.result })
}

const heldCase = async (tx: Tx, { case: id, version }: OfCase): Promise<Result<AcceptanceCase, Refusal>> => {
  const one = await lockCase(tx, id)
  if (one === null) return unknown('case', id, '/case')
  if (one.removed_at !== null) return err(refuse('wrong-state', 'The case was removed. Bring it back first.'))
  return version !== undefined && version !== one.version
    ? changedMeanwhile('case', version, one.version)
    : ok(one)
}
