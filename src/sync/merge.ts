import type { Party } from '../domain/audience.ts'
import { NAMELESS, type Naming } from '../domain/naming.ts'
import type { Capabilities, Operation } from './connector.ts'
import type { HubView } from './hub-view.ts'
import type { Mapping } from './mapping.ts'
import { mergeAttachments } from './merge-attachments.ts'
import { mergeComments } from './merge-comments.ts'
import { mergeFields } from './merge-fields.ts'
import { mergeStatus } from './merge-status.ts'
import type { Element, MirrorBase } from './mirror-base.ts'
import { type People, peopleFor } from './people.ts'
import type { Plan, PlannedOperation } from './plan.ts'
import type { RemoteRef, Snapshot, ToolField, ToolFields } from './snapshot.ts'

/** Everything a merge looks at. Same input, same plan: no clock, no chance, no IO. */
export interface MergeInput {
  readonly mapping: Mapping
  readonly capabilities: Capabilities
  readonly people: People
  /** What customers may read of our names; absent: none of them. */
  readonly naming?: Naming
  readonly party: Exclude<Party, 'customer'>
  readonly transitions: readonly { readonly from: string; readonly to: string }[] | null
  readonly base: MirrorBase
  readonly elements: readonly Element[]
  readonly hub: HubView
  readonly tool: Snapshot
  /** Values the tool is about to be given back. */
  readonly givenBack?: ToolFields
  /** Whose value counts where there is no base yet. */
  readonly first: 'hub' | 'tool' | 'ask'
  /** The mapping changed since this mirror last agreed. */
  readonly remap?: boolean
  /** The pair was joined without writing, and its sides have not both been looked at since. */
  readonly quiet?: boolean
  /** ISO 8601, for the base. */
  readonly now: string
}

/**
 * Brings one record and its mirror back in step: fields, status, links, comments and files, each on its own. The plan
 * says what to set here, what to call there, what waits and what a person must decide.
 *
 * Order of the calls: fields first (one call), then the status, links, files, and words last, so that who reads the
 * words finds the rest in place.
 */
export const merge = (input: MergeInput): Plan => {
  const { mapping, capabilities, tool, hub, base } = input
  const fields = mergeFields({
    rules: mapping.fields,
    base: base.fields,
    hub: hub.fields,
    tool: tool.fields,
    ...(input.givenBack === undefined ? {} : { givenBack: input.givenBack }),
    conversion: {
      mapping,
      format: capabilities.richText,
      people: peopleFor(input.people, input.party, input.naming),
    },
    canWrite: (field) => canWrite(capabilities, field),
    first: input.first,
    remap: input.remap ?? false,
    quiet: input.quiet ?? false,
    now: input.now,
  })
  const status = planStatus(input)
  const links = planLinks(input)
  const comments =
    mapping.comments === null
      ? null
      : mergeComments({
          ...elementsInput(input, 'comment'),
          format: capabilities.richText,
          people: input.people.inTexts,
          naming: input.naming ?? NAMELESS,
          mapping: mapping.comments,
          hub: hub.comments,
          tool: tool.comments,
        })
  const files =
    mapping.attachments === null
      ? null
      : mergeAttachments({
          ...elementsInput(input, 'attachment'),
          mapping: mapping.attachments,
          hub: hub.attachments,
          tool: tool.attachments,
        })

  const update: PlannedOperation[] =
    fields.writes.length === 0
      ? []
      : [
          {
            operation: { op: 'update', ref: tool.ref, fields: fields.toTool, version: tool.version },
            fields: fields.writes.map(({ pair, tool: field, hub: value, sent, before }) => ({
              pair,
              tool: field,
              hub: value,
              sent,
              before,
            })),
            status: null,
            element: null,
            link: null,
          },
        ]
  return {
    hub: {
      fields: fields.toHub,
      state: status.state,
      comments: comments?.toHub ?? [],
      attachments: files?.toHub ?? [],
    },
    tool: [
      ...update,
      ...status.operations,
      ...links.operations,
      ...(files?.toTool ?? []),
      ...(comments?.toTool ?? []),
    ],
    base: { fields: fields.base, status: status.base, links: links.base },
    elements: [...(comments?.elements ?? []), ...(files?.elements ?? [])],
    holds: [...fields.holds, ...status.holds, ...(files?.holds ?? []), ...(comments?.holds ?? [])],
    conflicts: [...fields.conflicts, ...(comments?.conflicts ?? [])],
    why: [...fields.why, ...status.why],
  }
}

export const canWrite = (capabilities: Capabilities, field: ToolField): boolean =>
  capabilities.writes.includes(field) || (field.startsWith('cf:') && capabilities.writes.includes('cf:*'))

const elementsInput = (
  input: MergeInput,
  kind: Element['kind'],
): {
  ref: RemoteRef
  party: Exclude<Party, 'customer'>
  capabilities: Capabilities
  elements: readonly Element[]
} => ({
  ref: input.tool.ref,
  party: input.party,
  capabilities: input.capabilities,
  elements: input.elements.filter((element) => element.kind === kind),
})

interface StatusPart {
  readonly state: string | null
  readonly operations: readonly PlannedOperation[]
  readonly base: MirrorBase['status']
  readonly holds: Plan['holds']
  readonly why: Plan['why']
}

const planStatus = (input: MergeInput): StatusPart => {
  const { mapping, tool, hub, base, capabilities } = input
  const shown = tool.fields.status
  const nothing: StatusPart = { state: null, operations: [], base: base.status, holds: [], why: [] }
  if (mapping.status === null || typeof shown !== 'string') return nothing
  const plan = mergeStatus({
    mapping: mapping.status,
    base: base.status,
    hub: hub.state,
    tool: shown,
    next: tool.nextStatuses,
    transitions: input.transitions,
    direct: capabilities.transitions === 'direct',
    first: input.first,
    remap: input.remap ?? false,
  })
  switch (plan.do) {
    case 'nothing':
      return { ...nothing, base: plan.base }
    case 'to hub':
      return { ...nothing, state: plan.state, base: plan.base, why: [plan.why] }
    case 'hold':
      return { ...nothing, holds: [plan.hold] }
    case 'move': {
      if (input.quiet === true) return { ...nothing, base: { hub: hub.state, tool: shown } }
      const operation: Operation = {
        op: 'transition',
        ref: tool.ref,
        to: plan.to,
        fields: {},
        since: tool.version,
      }
      return {
        ...nothing,
        operations: [
          {
            operation,
            fields: [],
            status: { hub: hub.state, tool: plan.to, last: plan.last },
            element: null,
            link: null,
          },
        ],
        why: [plan.why],
      }
    }
  }
}

/** Links we put there are ours to take away again; all others survive, and one that a person removed stays away. */
const planLinks = ({
  tool,
  hub: { links: wanted },
  base: { links: ours },
  capabilities,
  quiet = false,
}: MergeInput): { operations: readonly PlannedOperation[]; base: readonly string[] } => {
  if (!capabilities.links || tool.links === null) return { operations: [], base: ours }
  // counted as once ours and taken away by a person: so it is not put there later
  if (quiet) return { operations: [], base: [...new Set([...ours, ...wanted.map(({ url }) => url)])] }
  const there = new Set(tool.links.map((link) => link.url))
  const call = (operation: Operation, link: string): PlannedOperation => ({
    operation,
    fields: [],
    status: null,
    element: null,
    link,
  })
  const add = wanted.filter((link) => !there.has(link.url) && !ours.includes(link.url))
  const remove = ours.filter((url) => there.has(url) && !wanted.some((link) => link.url === url))
  const base = [
    ...ours.filter((url) => !remove.includes(url) && wanted.some((link) => link.url === url)),
    // there already, by somebody else's hand: not ours to remove later
  ]
  return {
    operations: [
      ...add.map((link) =>
        call({ op: 'link.add', ref: tool.ref, url: link.url, title: link.title }, link.url),
      ),
      ...remove.map((url) => call({ op: 'link.remove', ref: tool.ref, url }, url)),
    ],
    base,
  }
}
