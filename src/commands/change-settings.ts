import { refuse } from '../domain/refusal.ts'
import {
  FACTOR_ROLES,
  IDLE_DAYS,
  isTimeZone,
  type Language,
  SESSION_DAYS,
  type Settings,
} from '../domain/settings.ts'
import type { Role } from '../domain/words.ts'
import { err } from '../lib/result.ts'
import { lockSettings, writeSettings } from '../store/settings.ts'
import { checkLine } from './field-rules.ts'
import { columnChanges } from './organisation-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeSettings {
  readonly name?: string | null
  readonly language?: Language | null
  readonly timeZone?: string | null
  readonly secondFactorFor?: readonly Role[]
  readonly sessionDays?: number
  readonly idleDays?: number
  readonly namesForCustomers?: boolean
}

/** What the organisation decides for all. Sessions that are open keep their end; how long they may rest counts at once. */
export const changeSettings: Command<ChangeSettings, Settings> = async (tx, _context, input) => {
  const before = await lockSettings(tx)
  const name = input.name == null || input.name.trim() === '' ? null : checkLine(input.name, '/name')
  if (name?.ok === false) return name
  const { timeZone } = input
  if (timeZone != null && !isTimeZone(timeZone))
    return err(refuse('invalid', 'This is no time zone. Write one as Europe/Berlin.', { field: '/timeZone' }))
  const patch = {
    ...(input.name === undefined ? {} : { name: name?.value ?? null }),
    ...(input.language === undefined ? {} : { language: input.language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(input.secondFactorFor === undefined
      ? {}
      : { secondFactorFor: FACTOR_ROLES.filter((role) => input.secondFactorFor?.includes(role)) }),
    ...(input.sessionDays === undefined ? {} : { sessionDays: input.sessionDays }),
    ...(input.idleDays === undefined ? {} : { idleDays: input.idleDays }),
    ...(input.namesForCustomers === undefined ? {} : { namesForCustomers: input.namesForCustomers }),
  }
  const after: Settings = { ...before, ...patch }
  for (const [field, days, { min, max }] of [
    ['sessionDays', after.sessionDays, SESSION_DAYS],
    ['idleDays', after.idleDays, IDLE_DAYS],
  ] as const)
    if (!Number.isInteger(days) || days < min || days > max)
      return err(refuse('invalid', `Give whole days, from ${min} to ${max}.`, { field: `/${field}` }))
  const changes = columnChanges(before, patch)
  if (Object.keys(changes).length === 0) return done(before)
  await writeSettings(tx, after)
  return done(after, { events: [{ kind: 'settings.changed', record: null, data: { changes } }], changed: [] })
}
