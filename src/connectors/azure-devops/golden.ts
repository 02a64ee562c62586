import type { Snapshot, SnapshotComment } from '../../sync/snapshot.ts'
import { type ConvertContext, commentOf, itemSnapshot } from './convert.ts'
import { iterationSnapshot, iterationsIn } from './iterations.ts'
import { readRefusal, refusalFault } from './refusal.ts'
import { answers, readAs, type WireField, type WireNode, type WireType } from './schema.ts'

/** What a recorded answer must become, by the first word of its name. */

const FIELDS: readonly WireField[] = [
  { referenceName: 'Microsoft.VSTS.Common.Severity', name: 'Severity', type: 'string' },
  { referenceName: 'Microsoft.VSTS.Common.ValueArea', name: 'Value Area', type: 'string' },
  { referenceName: 'Microsoft.VSTS.Scheduling.RemainingWork', name: 'Remaining Work', type: 'double' },
  { referenceName: 'Microsoft.VSTS.Scheduling.Effort', name: 'Effort', type: 'double' },
  { referenceName: 'System.IterationPath', name: 'Iteration Path', type: 'treePath' },
  { referenceName: 'System.Reason', name: 'Reason', type: 'string' },
  { referenceName: 'Own.Injected', name: 'Injected', type: 'boolean' },
]
const TASK: WireType = {
  name: 'Task',
  states: [
    { name: 'To Do', category: 'Proposed' },
    { name: 'In Progress', category: 'InProgress' },
    { name: 'Done', category: 'Completed' },
  ],
  transitions: { 'To Do': [{ to: 'To Do' }, { to: 'In Progress' }, { to: 'Done' }] },
  fieldInstances: [
    { referenceName: 'Microsoft.VSTS.Scheduling.RemainingWork', name: 'Remaining Work' },
    { referenceName: 'Microsoft.VSTS.Common.Priority', name: 'Priority' },
  ],
}

export const ACCOUNT_ID = 'd291b0c4-a05c-4ea6-8df1-4b41d5f39eff'

export const context: ConvertContext = {
  baseUrl: 'https://dev.azure.com/fabrikam',
  accountId: ACCOUNT_ID,
  typesOf: () => [TASK],
  fields: new Map(FIELDS.map((one) => [one.referenceName, one])),
  iterationsAsReleases: false,
  attachedBy: new Map([
    ['098a279a-60b9-40a8-868b-b7fd00c0a439', { id: ACCOUNT_ID, uniqueName: 'first@fabrikam.example' }],
  ]),
}

export const goldenOf = (
  name: string,
  answer: unknown,
): Snapshot | readonly Snapshot[] | readonly SnapshotComment[] | Readonly<Record<string, unknown>> => {
  switch (name.split('-')[0]) {
    case 'item':
      return itemSnapshot(readAs(answers.item, answer, name), [], context, true)
    case 'comments':
      return readAs(answers.comments, answer, name).comments.map((each) => commentOf(each, ACCOUNT_ID))
    case 'iterations': {
      const root: WireNode = readAs(answers.nodes, answer, name)
      return iterationsIn(root, root.name).map((each) => iterationSnapshot(each, context.baseUrl))
    }
    default: {
      const { kind, field, detail } = refusalFault(readRefusal(answer), [], FIELDS)
      return { kind, field, detail }
    }
  }
}
