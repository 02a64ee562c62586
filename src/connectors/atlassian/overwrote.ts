import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import { codecs } from '../../sync/rich-text/index.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { WireChange, WireHistory, WireIssue } from './answers.ts'
import type { Catalog } from './catalog.ts'
import { entriesOf } from './encode.ts'
import { STANDARD } from './field-index.ts'
import { isoOf, normalLines } from './values.ts'

/**
 * What a write of ours replaced, by the issue's history as it was read back. Jira takes every write, so an edit made
 * between our read and our write is gone from the issue, but not from its history. The history tells texts: names of
 * options and people's ids; of a document its text in wiki markup, which is made a document again.
 */

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): number | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  const ms = since === null || since === undefined ? Number.NaN : Date.parse(since)
  return Number.isNaN(ms) ? null : ms
}

/** Names in a history that are not the field's id. */
const ALIASES: Readonly<Record<string, string>> = {
  'Fix Version': 'fixVersions',
  Component: 'components',
}

const textIn = (change: WireChange, name: string): string | null => {
  const value = Object.hasOwn(change, name) ? change[name] : null
  return typeof value === 'string' && value !== '' ? normalLines(value) : null
}

const isAbout = (change: WireChange, id: string, title: string): boolean => {
  const fieldId = textIn(change, 'fieldId')
  const named = textIn(change, 'field') ?? ''
  if (fieldId !== null) return fieldId === id
  return named === id || named === title || ALIASES[named] === id
}

/** Of a field of several values a history has an entry for each that came or went. */
const LISTS: readonly string[] = ['components', 'fixVersions']
const PEOPLE: readonly string[] = ['assignee', 'reporter']

type Raw = string | null

const rawOf = (change: WireChange, id: string, side: 'before' | 'after'): Raw => {
  const plain = textIn(change, side === 'before' ? 'from' : 'to')
  const words = textIn(change, side === 'before' ? 'fromString' : 'toString')
  return PEOPLE.includes(id) || id === 'duedate' ? plain : words
}

const stepsOf = (
  histories: readonly WireHistory[],
  id: string,
  title: string,
  isUs: (history: WireHistory) => boolean,
): readonly FieldStep<Raw>[] =>
  histories.flatMap((history): FieldStep<Raw>[] => {
    const changes = history.items.filter((each) => isAbout(each, id, title))
    if (changes.length === 0) return []
    const side = (which: 'before' | 'after'): Raw => {
      const values = changes.map((each) => rawOf(each, id, which)).filter((each) => each !== null)
      return values.length === 0 ? null : [...values].sort().join(', ')
    }
    return [{ byUs: isUs(history), before: side('before'), after: side('after') }]
  })

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim()

const plainOf = (format: 'adf' | 'wiki', text: string): string =>
  codecs.plain
    .write(codecs[format].read(text))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const isSent = (field: ToolField, sent: ToolValue, after: Raw, cloud: boolean): boolean => {
  if (field === 'description' && cloud)
    return plainOf('adf', String(sent ?? '')) === plainOf('wiki', after ?? '')
  const wanted = [sent ?? []].flat().map(String).sort().join(', ')
  const text = field === 'due' ? wanted.slice(0, 10) : wanted
  return squeezed(text) === squeezed(field === 'due' ? (after ?? '').slice(0, 10) : (after ?? ''))
}

const shownAs = (field: ToolField, lost: Raw, id: string, cloud: boolean, isList: boolean): ToolValue => {
  if (field === 'description')
    return cloud && lost !== null ? codecs.adf.write(codecs.wiki.read(lost)) : (lost ?? '')
  if (lost === null) return field === 'title' ? '' : null
  if (field === 'due') return lost.slice(0, 10)
  if (field === 'labels') return lost.split(' ').sort()
  if (LISTS.includes(id) || isList) {
    const names = lost.split(', ').sort()
    return isList || names.length > 1 ? names : (names[0] ?? null)
  }
  return lost
}

export const overwroteIn = async (
  issue: WireIssue,
  since: number,
  write: FieldWrite,
  catalog: Catalog,
  cloud: boolean,
): Promise<ToolFields> => {
  const newer = (issue.changelog?.histories ?? [])
    .filter((each) => Date.parse(isoOf(each.created)) > since)
    .sort((a, b) => Number(a.id) - Number(b.id))
  if (newer.length < 2) return {}
  const account = await catalog.account()
  const index = await catalog.fields()
  const isUs = ({ author }: WireHistory): boolean =>
    author !== null && author !== undefined && catalog.personId(author) === account.id
  const sent: ToolFields = write.op === 'update' ? write.fields : { ...write.fields, status: write.to }
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const [field, value] of entriesOf(sent)) {
    const known = index.byField(field)
    const id = Object.entries(STANDARD).find(([name]) => name === field)?.[1] ?? known?.id
    if (id === undefined) continue
    const steps = stepsOf(newer, id, known?.title ?? id, isUs)
    const wanted = field === 'labels' ? [value ?? []].flat().map(String).sort().join(' ') : value
    const lost = replacedValue(steps, (after) => isSent(field, wanted, after, cloud))
    if (lost !== undefined) overwrote[field] = shownAs(field, lost, id, cloud, known?.schema.type === 'array')
  }
  return overwrote
}
