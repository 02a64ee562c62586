/**
 * What a rule may do when its expression is true for a record. A rule never does anything a person could not do with
 * one press, and every event it causes names the rule.
 */
export type RuleRecord = 'ticket' | 'work item'

export type RuleAction =
  /** Sends the ticket to engineering by the routes, once. */
  | { readonly do: 'escalate' }
  /** Fields of the record by their name in the mapping; null empties. */
  | { readonly do: 'set fields'; readonly fields: Readonly<Record<string, string | null>> }
  /** Puts the record in front of its owner, with the reason. */
  | { readonly do: 'wake owner'; readonly because: string }

export const RULE_RECORDS = ['ticket', 'work item'] as const satisfies readonly RuleRecord[]

/** The one name an expression may use: the record it looks at. */
export const RULE_VARIABLE: Readonly<Record<RuleRecord, string>> = { ticket: 'ticket', 'work item': 'item' }
