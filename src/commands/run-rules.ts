import { sayHold } from '../domain/hold-words.ts'
import { RULE_VARIABLE, type RuleAction } from '../domain/rule.ts'
import { compile, type Expression } from '../lib/expression.ts'
import type { Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { type HubView, isTree } from '../sync/hub-view.ts'
import type { Hold } from '../sync/plan.ts'
import { changeTicket } from './change-ticket.ts'
import { escalateTicket } from './escalate-ticket.ts'
import { applyCommand, type CommandContext } from './run-command.ts'
import { wakeTicket } from './wake-ticket.ts'

/**
 * Runs the configured rules over a record that just changed ("this custom field set to yes escalates"). A rule does
 * only what a person could do with one press; one that is done already is silent, any other refusal waits as a hold.
 */
export const runRules = async (
  tx: Tx,
  context: CommandContext,
  view: Pick<HubView, 'kind' | 'id' | 'key' | 'state' | 'fields' | 'derived'>,
): Promise<readonly Hold[]> => {
  if (view.kind === 'release') return []
  const rules = await tx
    .selectFrom('rule')
    .selectAll()
    .where('enabled', '=', true)
    .where('record_kind', '=', view.kind)
    .orderBy('position')
    .execute()
  const holds: Hold[] = []
  for (const rule of rules) {
    const expression = compiled(rule.expression, RULE_VARIABLE[view.kind])
    const verdict = expression.ok
      ? expression.value.evaluate({ [RULE_VARIABLE[view.kind]]: variablesOf(view) })
      : { ok: false as const, error: expression.error.message }
    if (!verdict.ok) {
      // a field that this record does not have makes a rule not apply; that is no fault
      if (!/no such key/i.test(verdict.error))
        holds.push(holdFor(rule.key, `The rule “${rule.key}” could not be evaluated: ${verdict.error}`))
      continue
    }
    if (verdict.value !== true) continue
    for (const action of rule.action as readonly RuleAction[]) {
      const refusal = await act(tx, { ...context, cause: `rule ${rule.key}` }, view, action)
      if (refusal === null) continue
      // the later steps were meant to follow this one
      holds.push(holdFor(rule.key, `The rule “${rule.key}” was refused: ${refusal}`))
      break
    }
  }
  return holds
}

const cache = new Map<string, Result<Expression, { message: string }>>()

const compiled = (source: string, variable: string): Result<Expression, { message: string }> => {
  const key = `${variable}:${source}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const made = compile(source, [variable])
  if (cache.size > 500) cache.clear()
  cache.set(key, made)
  return made
}

const holdFor = (key: string, reason: string): Hold => ({
  field: `rule:${key}`,
  code: 'rule-refused',
  ...sayHold('rule-refused', { detail: reason }),
  value: null,
})

/** Plain values under plain names: `ticket.severity`, `ticket.custom.SentToEngineering`. */
const variablesOf = (
  view: Pick<HubView, 'key' | 'state' | 'fields' | 'derived'>,
): Readonly<Record<string, unknown>> => {
  const variables: Record<string, unknown> = { key: view.key, state: view.state }
  const custom: Record<string, unknown> = {}
  for (const [name, value] of Object.entries({ ...view.fields, ...view.derived })) {
    if (isTree(value) || value === undefined) continue
    if (name.startsWith('custom.')) custom[name.slice('custom.'.length)] = value
    else if (!name.includes('.') && !name.includes(' ')) variables[name] = value
  }
  return {
    ...variables,
    custom,
    escalated: view.fields['escalation.state'] !== null && view.fields['escalation.state'] !== undefined,
  }
}

const act = async (
  tx: Tx,
  context: CommandContext,
  view: Pick<HubView, 'kind' | 'id'>,
  action: RuleAction,
): Promise<string | null> => {
  if (view.kind !== 'ticket') return null
  switch (action.do) {
    case 'escalate': {
      const done = await applyCommand(tx, context, escalateTicket, { ticket: view.id })
      return done.ok || done.error.code === 'already-done' ? null : done.error.detail
    }
    case 'set fields': {
      const done = await applyCommand(tx, context, changeTicket, {
        ticket: view.id,
        set: action.fields,
      } as never)
      return done.ok ? null : done.error.detail
    }
    case 'wake owner': {
      const done = await applyCommand(tx, context, wakeTicket, { ticket: view.id, because: action.because })
      return done.ok || done.error.code === 'wrong-state' ? null : done.error.detail
    }
  }
}
