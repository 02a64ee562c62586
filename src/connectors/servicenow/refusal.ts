import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import type { Written } from './encode.ts'
import type { Refusal } from './schema.ts'

/**
 * What a refused write means. ServiceNow says 403 to nearly everything: a data policy that wants a field, a business
 * rule that aborts, an ACL on this one record. None of it is about the credentials, so the connection goes on and the
 * field is held.
 */

/** Labels as delivered, in the languages we know: the sentence names fields by label, in the account's language. */
const LABELS: Readonly<Record<string, readonly string[]>> = {
  close_code: ['resolution code', 'close code', 'lösungscode', 'abschlusscode'],
  close_notes: [
    'resolution notes',
    'close notes',
    'lösungshinweise',
    'abschlusshinweise',
    'lösungsanmerkungen',
  ],
  hold_reason: ['on hold reason', 'hold reason', 'grund für wartestellung'],
  short_description: ['short description', 'kurzbeschreibung'],
  caller_id: ['caller', 'anrufer'],
  assignment_group: ['assignment group', 'zuweisungsgruppe'],
  assigned_to: ['assigned to', 'zugewiesen an'],
  category: ['category', 'kategorie'],
  cause_notes: ['cause notes'],
  fix_notes: ['fix notes'],
}

const FIELDS: Readonly<Record<string, ToolField>> = {
  short_description: 'title',
  description: 'description',
  assigned_to: 'owner',
  caller_id: 'requester',
  requested_by: 'requester',
  opened_by: 'requester',
  state: 'status',
  due_date: 'due',
}

const fieldOf = (column: string): ToolField => FIELDS[column] ?? `cf:${column}`

/** Columns the sentence names, by label or by name. */
const namedIn = (said: string): readonly string[] => {
  const text = said.toLowerCase()
  const byLabel = Object.entries(LABELS).filter(([, labels]) => labels.some((label) => text.includes(label)))
  const byName = [...text.matchAll(/\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b/g)].map(([word]) => word)
  return [...byLabel.map(([column]) => column), ...byName.filter((name) => name in LABELS)]
}

const wants = (said: string): boolean => /data policy|mandatory|pflichtfeld|obligatori/i.test(said)

/** The field that a person must see to; null: the sentence does not tell. */
export const blamed = ({ message, detail }: Refusal, written: readonly Written[]): ToolField | null => {
  const said = `${message} ${detail}`
  const named = namedIn(said)
  const given = new Set(written.filter(({ value }) => value !== '').map(({ column }) => column.name))
  if (wants(said)) {
    const missing = named.find((column) => !given.has(column))
    if (missing !== undefined) return fieldOf(missing)
  }
  const one = named.find((column) => given.has(column))
  if (one !== undefined) return fieldOf(one)
  const [only, ...others] = written
  return only !== undefined && others.length === 0 ? only.field : null
}

export const refused = (refusal: Refusal, written: readonly Written[], what: string): RemoteFault => {
  const said = [refusal.message, refusal.detail].filter((part) => part !== '').join(': ')
  const shown = said === '' ? 'it gives no reason' : said.replace(/\s+/g, ' ').slice(0, 300)
  return new RemoteFault('invalid', `ServiceNow refuses ${what}: ${shown}`, {
    field: blamed(refusal, written),
  })
}
