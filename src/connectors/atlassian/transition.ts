import { RemoteFault } from '../../sync/fault.ts'
import type { WireIssue, WireTransition } from './answers.ts'
import type { FieldIndex } from './field-index.ts'
import type { Members } from './values.ts'

/** Which of the steps that Jira offers leads to a status, and which fields go with it. Pure. */

type Step = WireTransition | 'there already'

const statusOf = (issue: WireIssue): string | null => {
  const status = issue.fields['status']
  return status !== null && typeof status === 'object' && 'name' in status && typeof status.name === 'string'
    ? status.name
    : null
}

/** Ids of the fields that a step's screen demands and nothing fills. */
const unfilled = (step: WireTransition, fields: Members): readonly string[] =>
  Object.entries(step.fields ?? {})
    .filter(([, asked]) => asked.required && asked.hasDefaultValue !== true)
    .map(([id]) => id)
    .filter((id) => fields[id] === undefined || fields[id] === null)

export const chooseTransition = (issue: WireIssue, to: string, fields: Members, index: FieldIndex): Step => {
  if (statusOf(issue) === to) return 'there already'
  const steps = (issue.transitions ?? []).filter((each) => each.to.name === to && each.isAvailable !== false)
  const [first] = steps
  if (first === undefined) {
    const offered = [...new Set((issue.transitions ?? []).map((each) => each.to.name))].join(', ')
    throw new RemoteFault(
      'invalid',
      `no step leads from ${statusOf(issue) ?? 'here'} to ${to} for this account; Jira offers: ${offered || 'none'}`,
      { field: 'status' },
    )
  }
  const ready = steps.find((each) => unfilled(each, fields).length === 0)
  if (ready !== undefined) return ready
  const [id = ''] = unfilled(first, fields)
  const title = first.fields?.[id]?.name || id
  throw new RemoteFault(
    'invalid',
    `the step “${first.name}” to ${to} asks for ${title}, which has no value here`,
    {
      field: index.toolField(id) ?? 'status',
    },
  )
}

/** What is not on the step's screen is written as any field: Jira refuses it with the step. */
export const screenFields = (
  step: Step,
  fields: Members,
): { readonly onScreen: Members; readonly others: Members } => {
  const screen = step === 'there already' ? {} : (step.fields ?? {})
  const entries = Object.entries(fields)
  return {
    onScreen: Object.fromEntries(entries.filter(([id]) => Object.hasOwn(screen, id))),
    others: Object.fromEntries(entries.filter(([id]) => !Object.hasOwn(screen, id))),
  }
}
