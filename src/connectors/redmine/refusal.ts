import { RemoteFault } from '../../sync/fault.ts'
import type { StandardToolField, ToolField } from '../../sync/snapshot.ts'
import { answers } from './schema.ts'

/**
 * Which field a refusal (422) is about. Redmine answers sentences for people, in the account's language, that begin
 * with the label of an attribute or the name of a custom field: `{"errors":["Severity is not included in the list"]}`.
 */

/** English labels; in another language a refusal of a single field is still known by having written only that one. */
const LABELS: Readonly<Record<string, StandardToolField>> = {
  Subject: 'title',
  Description: 'description',
  Status: 'status',
  Tracker: 'type',
  Project: 'container',
  Priority: 'priority',
  Assignee: 'owner',
  'Assigned to': 'owner',
  Category: 'component',
  'Target version': 'release',
  'Due date': 'due',
  // Of a version.
  Name: 'title',
  Date: 'due',
}

/** Redmine "humanises" names in sentences: `FoundOn` and `found_on_id` become "Foundon" and "Found on". */
const plain = (text: string): string => text.replaceAll('_', ' ').toLowerCase()

const starts = (sentence: string, label: string): boolean => {
  const wanted = plain(label.replace(/_id$/, ''))
  return plain(sentence).startsWith(wanted) && [undefined, ' '].includes(sentence[wanted.length])
}

/** `customNames`: the custom fields known there. Of several fitting labels the longest counts. */
export const fieldOfSentence = (sentence: string, customNames: readonly string[]): ToolField | null => {
  const custom = customNames.map((name): [string, ToolField] => [name, `cf:${name}`])
  const fitting = [...Object.entries(LABELS), ...custom].filter(([label]) => starts(sentence, label))
  return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? null
}

/** `written`: the fields of the refused call. */
export const refusal = (
  body: unknown,
  written: readonly ToolField[],
  customNames: readonly string[],
): RemoteFault => {
  const readable = answers.errors.Check(body)
  // Somebody saved the item while Redmine did: its own lock_version, which is never shown, was old. It names no field.
  if (readable && body.errors.length === 0)
    return new RemoteFault('conflict', 'Redmine was saving another change of the same item')
  const errors = readable ? body.errors.slice(0, 5) : []
  const named = errors.map((each) => fieldOfSentence(each, customNames)).filter((each) => each !== null)
  const field =
    named.find((each) => written.includes(each)) ?? named[0] ?? (written.length === 1 ? written[0] : null)
  const said = errors.join('; ').slice(0, 300)
  return new RemoteFault('invalid', `Redmine refuses: ${said === '' ? 'it does not say why' : said}`, {
    field: field ?? null,
  })
}
