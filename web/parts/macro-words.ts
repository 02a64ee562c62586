import { ACTION_NAMES, type ActionName, type MacroActions } from '../../src/domain/macro.ts'
import type { Texts } from '../texts/en.ts'

/** What a macro does with a ticket, one phrase for each of its actions. */
export const macroDeeds = (
  { assign, end, snooze, custom }: MacroActions,
  assignee: string | null,
  texts: Texts,
): readonly (readonly [action: ActionName, words: string])[] => {
  const { does } = texts.macros
  const words: Readonly<Record<ActionName, string | null>> = {
    assign: assign === undefined ? null : assign === 'me' ? does.assignMe : does.assign(assignee ?? assign),
    custom:
      custom === undefined
        ? null
        : Object.entries(custom)
            .map(([name, value]) => does.custom(name, value))
            .join(', ') || null,
    snooze: snooze === undefined ? null : does.snooze(texts.words.waitingFor[snooze.waitingFor], snooze.days),
    end: end === undefined ? null : does[end],
  }
  return ACTION_NAMES.flatMap((name) => {
    const said = words[name]
    return said === null ? [] : [[name, said] as const]
  })
}
