import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import type { FieldWrite } from '../../sync/connector.ts'
import { type FieldStep, replacedValue } from '../../sync/replaced-value.ts'
import type { ToolField, ToolFields, ToolValue } from '../../sync/snapshot.ts'
import type { GithubClient } from './client.ts'
import { CLOSED, labelsOf, OPEN, repositoryNameOf } from './convert.ts'
import { type LabelField, plainLabels, valueIn } from './labels.ts'
import { withoutMarker } from './marker.ts'
import type { Repositories } from './repositories.ts'
import { readAs, type WireIssue } from './schema.ts'
import { graphqlPath, type Settings } from './settings.ts'

/**
 * What a write of ours replaced. GitHub takes every write, so an edit made between our read and our write is gone from
 * the issue, but not from its history: one question to GraphQL, because REST lists events from the oldest on and says
 * nothing of the text. Times are whole seconds: an edit in the very second of our read is taken for read.
 */

export const HISTORY_QUERY = `query History($owner: String!, $name: String!, $number: Int!, $since: DateTime!) {
  repository(owner: $owner, name: $name) {
    issue(number: $number) {
      timelineItems(
        since: $since
        last: 100
        itemTypes: [RENAMED_TITLE_EVENT, LABELED_EVENT, UNLABELED_EVENT, MILESTONED_EVENT, DEMILESTONED_EVENT, CLOSED_EVENT, REOPENED_EVENT, ASSIGNED_EVENT, UNASSIGNED_EVENT]
      ) {
        nodes {
          __typename
          ... on RenamedTitleEvent { createdAt actor { login } previousTitle currentTitle }
          ... on LabeledEvent { createdAt actor { login } label { name } }
          ... on UnlabeledEvent { createdAt actor { login } label { name } }
          ... on MilestonedEvent { createdAt actor { login } milestoneTitle }
          ... on DemilestonedEvent { createdAt actor { login } milestoneTitle }
          ... on ClosedEvent { createdAt actor { login } stateReason }
          ... on ReopenedEvent { createdAt actor { login } }
          ... on AssignedEvent { createdAt actor { login } assignee { __typename ... on User { databaseId } } }
          ... on UnassignedEvent { createdAt actor { login } assignee { __typename ... on User { databaseId } } }
        }
      }
      userContentEdits(first: 20) { nodes { editedAt editor { login } diff } }
    }
  }
}`

const Nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const Actor = Type.Optional(Nullable(Type.Object({ login: Type.String() })))
const Time = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}' })

const Event = Type.Object({
  __typename: Type.String(),
  createdAt: Type.Optional(Time),
  actor: Actor,
  previousTitle: Type.Optional(Type.String()),
  currentTitle: Type.Optional(Type.String()),
  label: Type.Optional(Nullable(Type.Object({ name: Type.String() }))),
  milestoneTitle: Type.Optional(Type.String()),
  stateReason: Type.Optional(Nullable(Type.String())),
  assignee: Type.Optional(Nullable(Type.Object({ databaseId: Type.Optional(Nullable(Type.Integer())) }))),
})
type Event = Static<typeof Event>

const History = Compile(
  Type.Object({
    repository: Nullable(
      Type.Object({
        issue: Nullable(
          Type.Object({
            timelineItems: Type.Object({ nodes: Nullable(Type.Array(Nullable(Event), { maxItems: 200 })) }),
            userContentEdits: Nullable(
              Type.Object({
                nodes: Nullable(
                  Type.Array(
                    Nullable(
                      Type.Object({
                        editedAt: Time,
                        editor: Actor,
                        diff: Type.Optional(Nullable(Type.String())),
                      }),
                    ),
                    { maxItems: 100 },
                  ),
                ),
              }),
            ),
          }),
        ),
      }),
    ),
  }),
)

interface HistoryContext {
  readonly client: GithubClient
  readonly repositories: Repositories
  readonly settings: Settings
  readonly labelFields: readonly LabelField[]
}

type Step = FieldStep<ToolValue>

/** null: not known, so nothing can be told. */
export const sinceOf = (write: FieldWrite): string | null => {
  const since = write.since ?? (write.op === 'update' ? write.version : null)
  return since !== null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(since) ? since : null
}

/** An App is `road[bot]` for REST and `road` as an actor in GraphQL. */
const plainLogin = (login: string): string => login.toLowerCase().replace(/\[bot\]$/, '')

interface Change {
  readonly byUs: boolean
  readonly at: string
  readonly event: Event
}

/** One write makes several events in the same second: they are one step. */
const grouped = (changes: readonly Change[]): readonly (readonly Change[])[] => {
  const groups: Change[][] = []
  for (const change of changes) {
    const last = groups.at(-1)
    const before = last?.at(-1)
    if (last !== undefined && before?.byUs === change.byUs && before.at === change.at) last.push(change)
    else groups.push([change])
  }
  return groups
}

/** A set (labels, people) before and after each group, by undoing them from now back. */
const setSteps = (
  groups: readonly (readonly Change[])[],
  now: readonly string[],
  came: string,
  nameOf: (event: Event) => string | null,
): readonly {
  readonly byUs: boolean
  readonly before: readonly string[]
  readonly after: readonly string[]
}[] => {
  let after = now
  const steps = groups.toReversed().map((group) => {
    const before = group.toReversed().reduce<readonly string[]>((set, { event }) => {
      const name = nameOf(event)
      if (name === null) return set
      const without = set.filter((each) => each !== name)
      return event.__typename === came ? without : [...without, name]
    }, after)
    const step = { byUs: group[0]?.byUs ?? false, before, after }
    after = before
    return step
  })
  return steps.toReversed()
}

const ofTypes = (changes: readonly Change[], ...types: readonly string[]): readonly Change[] =>
  changes.filter(({ event }) => types.includes(event.__typename))

const labelSteps = (
  field: ToolField,
  issue: WireIssue,
  changes: readonly Change[],
  labelFields: readonly LabelField[],
): readonly Step[] => {
  const prefix = labelFields.find((each) => each.field === field)?.prefix
  const value = (labels: readonly string[]): ToolValue =>
    prefix === undefined ? plainLabels(labels, labelFields) : valueIn(labels, prefix)
  const events = grouped(ofTypes(changes, 'LabeledEvent', 'UnlabeledEvent'))
  const nameOf = (event: Event) => event.label?.name ?? null
  return setSteps(events, labelsOf(issue), 'LabeledEvent', nameOf)
    .map(({ byUs, before, after }) => ({ byUs, before: value(before), after: value(after) }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

const wordOf = (reason: string | null | undefined): string =>
  Object.keys(CLOSED).find((word) => CLOSED[word] === reason?.toLowerCase()) ?? 'completed'

const statusSteps = (changes: readonly Change[]): readonly Step[] => {
  let before: string | null = null
  return ofTypes(changes, 'ClosedEvent', 'ReopenedEvent').map(({ byUs, event }) => {
    const isClosed = event.__typename === 'ClosedEvent'
    const after = isClosed ? wordOf(event.stateReason) : OPEN
    const step = { byUs, before: before ?? (isClosed ? OPEN : 'completed'), after }
    before = after
    return step
  })
}

const milestoneSteps = (issue: WireIssue, changes: readonly Change[]): readonly Step[] => {
  const events = grouped(ofTypes(changes, 'MilestonedEvent', 'DemilestonedEvent'))
  const now = issue.milestone ? [issue.milestone.title] : []
  return setSteps(events, now, 'MilestonedEvent', (event) => event.milestoneTitle ?? null).map(
    ({ byUs, before, after }) => ({ byUs, before: before[0] ?? null, after: after[0] ?? null }),
  )
}

const ownerSteps = (issue: WireIssue, changes: readonly Change[]): readonly Step[] => {
  const events = grouped(ofTypes(changes, 'AssignedEvent', 'UnassignedEvent'))
  const now = (issue.assignees ?? []).map((each) => String(each.id))
  const nameOf = ({ assignee }: Event) => (assignee?.databaseId == null ? null : String(assignee.databaseId))
  return setSteps(events, now, 'AssignedEvent', nameOf).map(({ byUs, before, after }) => ({
    byUs,
    before: before[0] ?? null,
    after: after[0] ?? null,
  }))
}

const titleSteps = (changes: readonly Change[]): readonly Step[] =>
  ofTypes(changes, 'RenamedTitleEvent').map(({ byUs, event }) => ({
    byUs,
    before: event.previousTitle ?? '',
    after: event.currentTitle ?? '',
  }))

interface Edit {
  readonly at: string
  readonly byUs: boolean
  readonly text: string | null
}

/** Each edit holds the whole text as it was then; of one that somebody took out of the history, nothing is known. */
const textSteps = (edits: readonly Edit[], since: string): readonly Step[] => {
  const sorted = edits.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  return sorted.flatMap((edit, index): Step[] => {
    const before = sorted[index - 1]?.text
    if (edit.at <= since || before == null || edit.text === null) return []
    return [{ byUs: edit.byUs, before: withoutMarker(before), after: withoutMarker(edit.text) }]
  })
}

const plain = (value: ToolValue | undefined): string => {
  if (Array.isArray(value)) return JSON.stringify([...value].map((each) => each.toLowerCase()).sort())
  return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : JSON.stringify(value ?? null)
}

export const overwroteIn = async (
  context: HistoryContext,
  write: FieldWrite,
  fields: ToolFields,
  issue: WireIssue,
): Promise<ToolFields> => {
  const since = sinceOf(write)
  const [owner = '', name = ''] = repositoryNameOf(issue, '').split('/')
  if (since === null || owner === '') return {}
  const variables = { owner, name, number: issue.number, since }
  const answer = await context.client.query(graphqlPath(context.settings.url), HISTORY_QUERY, variables)
  if (answer === null) return {}
  const found = readAs(History, answer, `the history of issue ${write.ref.id}`).repository?.issue
  if (found == null) return {}
  const us = plainLogin((await context.repositories.account()).login)
  const isUs = (actor: { readonly login: string } | null | undefined): boolean =>
    actor != null && plainLogin(actor.login) === us
  const changes = (found.timelineItems.nodes ?? []).flatMap((event): Change[] =>
    event?.createdAt === undefined || event.createdAt <= since
      ? []
      : [{ byUs: isUs(event.actor), at: event.createdAt, event }],
  )
  const edits = (found.userContentEdits?.nodes ?? []).flatMap((each): Edit[] =>
    each === null ? [] : [{ at: each.editedAt, byUs: isUs(each.editor), text: each.diff ?? null }],
  )
  const steps = (field: ToolField): readonly Step[] => {
    if (field === 'title') return titleSteps(changes)
    if (field === 'description') return textSteps(edits, since)
    if (field === 'release') return milestoneSteps(issue, changes)
    if (field === 'owner') return ownerSteps(issue, changes)
    const isLabel = field === 'labels' || context.labelFields.some((each) => each.field === field)
    if (isLabel && field !== 'status') return labelSteps(field, issue, changes, context.labelFields)
    return field === 'status' ? statusSteps(changes) : []
  }
  const overwrote: Partial<Record<ToolField, ToolValue>> = {}
  for (const field of Object.keys(fields) as ToolField[]) {
    const lost = replacedValue(steps(field), (after) => plain(after) === plain(fields[field]))
    if (lost !== undefined) overwrote[field] = lost === '' ? null : lost
  }
  return overwrote
}
