import type { AuditEntry } from '../api/administration.ts'
import { paths } from '../paths.ts'
import type { Texts } from '../texts/en.ts'
import { fieldName } from './field-words.ts'

type Known = Readonly<Partial<Record<string, string>>>

/** What happened, in words; a kind without words shows as it is. */
export const auditWords = ({ kind }: Pick<AuditEntry, 'kind'>, texts: Texts): string => {
  for (const words of [texts.events, texts.auditEvents] as readonly Known[])
    if (Object.hasOwn(words, kind)) return words[kind] ?? kind
  return kind
}

/** Who it was; of signing in that is who signed in, though nobody was in yet who could do something. */
export const auditActor = ({ kind, actor, record }: AuditEntry, texts: Texts): string => {
  if (actor.kind !== 'system') return actor.name
  if (!kind.startsWith('account.')) return texts.audit.system
  return record?.name ?? texts.audit.unknownPerson
}

const MOST = 6
const LONGEST = 80
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const shown = (value: unknown, texts: Texts): string | null => {
  if (value === null || value === '') return texts.audit.nothing
  // an id says nothing to people; that the field changed does
  if (typeof value === 'string' && ID.test(value)) return null
  if (typeof value === 'string') return value.length > LONGEST ? `${value.slice(0, LONGEST)} …` : value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.length === 0 ? texts.audit.nothing : value.join(', ')
  return null
}

/** `name: Ada → Ada L.`, `reason: lost phone`: what an entry tells besides, as far as it is words. */
export const auditDetails = (
  { data, record }: Pick<AuditEntry, 'data' | 'record'>,
  texts: Texts,
): readonly string[] => {
  const { changes } = data
  const changed = typeof changes === 'object' && changes !== null ? Object.entries(changes) : []
  const lines = changed.flatMap(([field, change]) => {
    if (typeof change !== 'object' || change === null) return []
    const { from, to } = change as Readonly<Record<string, unknown>>
    const [before, after] = [shown(from ?? null, texts), shown(to ?? null, texts)]
    const label = fieldName(field, texts)
    return before === null || after === null ? [label] : [`${label}: ${before} → ${after}`]
  })
  const told = Object.entries(texts.audit.fields).flatMap(([field, label]) => {
    // what it is called stands there already
    const isKnown = data[field] === undefined || data[field] === record?.name
    const value = isKnown ? null : shown(data[field], texts)
    return value === null ? [] : [`${label}: ${value}`]
  })
  return [...lines, ...told].slice(0, MOST)
}

/** Where what it happened to is shown; null: nowhere, or it is gone. */
export const auditPlace = ({ record }: Pick<AuditEntry, 'record'>): string | null => {
  if (record === null) return null
  const { kind, key, name } = record
  const text = key ?? name ?? undefined
  if (text === undefined) return null
  switch (kind) {
    case 'ticket':
    case 'escalation':
      return key === null ? null : paths.ticket(key)
    case 'work item':
      return key === null ? null : paths.workItem(key)
    case 'person':
    case 'account':
      return paths.people({ text })
    case 'contact':
      return paths.contacts({ text })
    case 'customer':
      return paths.customers({ text })
    case 'team':
      return paths.teams({ text })
    case 'product':
      return paths.products({ text })
    case 'component':
      return paths.products()
    case 'installation':
      return paths.installations()
    case 'enhancement':
      return key === null ? paths.enhancements() : paths.enhancement(key)
    case 'deployment':
      return paths.deployments()
    case 'ci-source':
      return paths.ciSources()
    case 'environment':
      return paths.environments({ text })
    case 'chat':
      return paths.chats()
    case 'repository':
      return paths.repositories()
    case 'booking':
    case 'freeze':
      return paths.calendar()
    case 'change':
      return key === null ? null : paths.change(key)
    case 'change model':
      return paths.changeModels()
    case 'token':
      return paths.tokens()
    case 'partner':
      return paths.partners()
    default:
      return null
  }
}

/** The bounds of a day in the reader's own zone, as moments; null: that is no day. */
export const dayBound = (day: string | undefined, which: 'start' | 'end'): string | undefined => {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '') ?? []
  if (year === undefined) return undefined
  const at = new Date(Number(year), Number(month) - 1, Number(date) + (which === 'end' ? 1 : 0))
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
}
