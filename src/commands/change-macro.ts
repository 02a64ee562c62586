import { isId } from '../lib/ids.ts'
import { findMacro, updateMacro } from '../store/macros.ts'
import {
  checkMacroActions,
  checkMacroTeam,
  checkMacroText,
  idle,
  isIdle,
  type MacroFields,
} from './macro-rules.ts'
import { archivedAt, checkName, columnChanges } from './organisation-rules.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'

export interface ChangeMacro {
  readonly macro: string
  /** The version the asker saw; absent: whatever it is now. */
  readonly version?: number
  readonly set: Partial<MacroFields> & { readonly archived?: boolean }
}

/** Changes a macro, archives it or brings it back. */
export const changeMacro: Command<ChangeMacro, { readonly id: string }> = async (tx, context, input) => {
  const macro = isId(input.macro) ? await findMacro(tx, input.macro) : null
  if (macro === null) return unknown('macro', input.macro, '/macro')
  if (input.version !== undefined && input.version !== macro.version)
    return changedMeanwhile('macro', input.version, macro.version)
  const { set } = input
  const name = checkName(set.name)
  if (!name.ok) return name
  const text = checkMacroText(set.text ?? macro.text)
  if (!text.ok) return text
  const actions = await checkMacroActions(tx, set.actions ?? macro.actions)
  if (!actions.ok) return actions
  const team = set.team === undefined ? null : await checkMacroTeam(tx, set.team)
  if (team?.ok === false) return team
  if (isIdle(text.value, actions.value)) return idle
  const patch = {
    ...name.value,
    ...(team === null ? {} : { team_id: team.value }),
    ...(set.audience === undefined ? {} : { audience: set.audience }),
    ...{ text: text.value, actions: actions.value },
    ...archivedAt(set.archived, macro.archived_at, context.now),
  }
  const changes = columnChanges(macro, patch)
  if (Object.keys(changes).length === 0) return done({ id: macro.id })
  await updateMacro(tx, macro.id, { ...patch, actions: JSON.stringify(actions.value) }, context.now)
  const kind = set.archived === true && macro.archived_at === null ? 'macro.archived' : 'macro.changed'
  return done(
    { id: macro.id },
    { events: [{ kind, record: { kind: 'macro', id: macro.id }, data: { changes } }], changed: [] },
  )
}
