import type { Audience } from '../domain/audience.ts'
import { contradicts, type MacroActions, PLACEHOLDERS, unknownPlaceholders } from '../domain/macro.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { findTeam } from '../store/organisation.ts'
import { checkCustom } from './field-rules.ts'
import { unknown } from './outcome.ts'
import { personIdOf } from './ticket-references.ts'

/** What a macro says and does, as somebody writes it. */
export interface MacroFields {
  readonly name: string
  /** Id or key; null: for all. */
  readonly team: string | null
  readonly audience: Audience
  readonly text: string
  readonly actions: MacroActions
}

const TEXT_MAX = 20_000
const DAYS_MAX = 365

/** A text without mistakes in its placeholders. */
export const checkMacroText = (text: string): Result<string, Refusal> => {
  const field = '/text'
  if (text.length > TEXT_MAX)
    return err(
      refuse('invalid', `The text has ${text.length} characters; ${TEXT_MAX} are the most.`, { field }),
    )
  const [wrong] = unknownPlaceholders(text)
  return wrong === undefined
    ? ok(text.trim())
    : err(
        refuse(
          'invalid',
          `There is no placeholder {${wrong}}. There are: ${PLACEHOLDERS.map((name) => `{${name}}`).join(', ')}.`,
          {
            field,
          },
        ),
      )
}

/** Actions that can be done, with their people by id. */
export const checkMacroActions = async (
  tx: Tx,
  actions: MacroActions,
): Promise<Result<MacroActions, Refusal>> => {
  if (contradicts(actions))
    return err(
      refuse('invalid', 'A macro puts the ticket to wait or ends it, not both.', {
        field: '/actions/snooze',
      }),
    )
  const days = actions.snooze?.days ?? null
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > DAYS_MAX))
    return err(refuse('invalid', `A snooze lasts 1 to ${DAYS_MAX} days.`, { field: '/actions/snooze/days' }))
  const custom = checkCustom(actions.custom ?? {})
  if (!custom.ok) return custom
  if (actions.assign === undefined || actions.assign === 'me') return ok(actions)
  const owner = await personIdOf(tx, actions.assign, '/actions/assign')
  return owner.ok ? ok({ ...actions, ...(owner.value === null ? {} : { assign: owner.value }) }) : owner
}

export const checkMacroTeam = async (tx: Tx, ref: string | null): Promise<Result<string | null, Refusal>> => {
  if (ref === null) return ok(null)
  const team = await findTeam(tx, ref)
  return team === null ? unknown('team', ref, '/team') : ok(team.id)
}

/** Neither words nor deeds: nothing that could be applied. */
export const isIdle = (text: string, actions: MacroActions): boolean =>
  text === '' && Object.values(actions).every((action) => action === undefined)

export const idle: Result<never, Refusal> = err(
  refuse('invalid', 'Give it a text, or something to do with the ticket.', { field: '/text' }),
)
