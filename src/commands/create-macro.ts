import { insertMacro } from '../store/macros.ts'
import { checkLine } from './field-rules.ts'
import {
  checkMacroActions,
  checkMacroTeam,
  checkMacroText,
  idle,
  isIdle,
  type MacroFields,
} from './macro-rules.ts'
import { done } from './outcome.ts'
import type { Command } from './run-command.ts'

/** Writes down once what is said and done again and again. */
export const createMacro: Command<MacroFields, { readonly id: string }> = async (tx, context, input) => {
  const name = checkLine(input.name, '/name')
  if (!name.ok) return name
  const text = checkMacroText(input.text)
  if (!text.ok) return text
  const actions = await checkMacroActions(tx, input.actions)
  if (!actions.ok) return actions
  const team = await checkMacroTeam(tx, input.team)
  if (!team.ok) return team
  if (isIdle(text.value, actions.value)) return idle
  const id = context.newId()
  await insertMacro(tx, {
    id,
    name: name.value,
    team_id: team.value,
    audience: input.audience,
    text: text.value,
    actions: JSON.stringify(actions.value),
    created_at: context.now,
    updated_at: context.now,
  })
  return done(
    { id },
    {
      events: [{ kind: 'macro.created', record: { kind: 'macro', id }, data: { name: name.value } }],
      changed: [],
    },
  )
}
