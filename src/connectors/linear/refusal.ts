import Type, { type Static } from 'typebox'
import { Compile } from 'typebox/compile'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'

/**
 * What an answer with errors means. Linear says it with 200 or with 400; `extensions.code` and `extensions.type` name the
 * kind, `userPresentableMessage` has the sentence for people, and the message names the kind of thing that was not found.
 */

const GraphqlError = Type.Object({
  message: Type.String(),
  extensions: Type.Optional(
    Type.Object({
      code: Type.Optional(Type.Unknown()),
      type: Type.Optional(Type.Unknown()),
      userPresentableMessage: Type.Optional(Type.Unknown()),
      validationErrors: Type.Optional(Type.Unknown()),
    }),
  ),
})
const Errors = Compile(Type.Object({ errors: Type.Array(GraphqlError, { minItems: 1 }) }))
const Properties = Compile(Type.Array(Type.Object({ property: Type.String() })))

export interface Asked {
  /** The document's name, for sentences. */
  readonly name: string
  readonly effect: 'read' | 'write'
  readonly headers: Readonly<Record<string, string>>
  readonly now: Date
}

const FIELDS: Readonly<Record<string, ToolField>> = {
  title: 'title',
  description: 'description',
  stateId: 'status',
  WorkflowState: 'status',
  teamId: 'container',
  Team: 'container',
  priority: 'priority',
  assigneeId: 'owner',
  User: 'owner',
  projectId: 'component',
  Project: 'component',
  releaseIds: 'release',
  addedReleaseIds: 'release',
  Release: 'release',
  labelIds: 'labels',
  addedLabelIds: 'labels',
  IssueLabel: 'labels',
  dueDate: 'due',
  targetDate: 'due',
  estimate: 'cf:Estimate',
  cycleId: 'cf:Cycle',
  Cycle: 'cf:Cycle',
  projectMilestoneId: 'cf:Milestone',
  ProjectMilestone: 'cf:Milestone',
}
/** What an operation is about: when it is not found, the operation's target is gone. */
const TARGETS = ['Issue', 'Comment', 'Attachment', 'Release']

const MAX_SENTENCE = 300
const DEFAULT_WAIT_MS = 60_000
const MAX_WAIT_MS = 24 * 60 * 60 * 1000
/** Each counts for itself; the one that is spent says when it is full again. */
const BUDGETS = ['x-ratelimit-requests', 'x-ratelimit-complexity', 'x-ratelimit-endpoint-requests']

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Epochs in milliseconds. */
export const retryAt = (headers: Asked['headers'], now: Date): Date => {
  const resets = BUDGETS.filter((name) => headers[`${name}-remaining`] === '0')
    .map((name) => Number(headers[`${name}-reset`]))
    .filter((ms) => Number.isFinite(ms) && ms > now.getTime())
  const ms = resets.length === 0 ? now.getTime() + DEFAULT_WAIT_MS : Math.max(...resets)
  return new Date(Math.min(ms, now.getTime() + MAX_WAIT_MS))
}

const fieldOf = (error: Static<typeof GraphqlError>, entity: string | undefined): string | null => {
  const listed = error.extensions?.validationErrors
  const [property] = Properties.Check(listed) ? listed : []
  const named = property?.property ?? entity ?? /\b([a-z]+Ids?)\b/.exec(error.message)?.[1] ?? ''
  return FIELDS[named] ?? null
}

/** null: the answer holds no errors. Faults for what they say. */
export const refusalIn = (body: unknown, asked: Asked): RemoteFault | null => {
  if (!Errors.Check(body)) return null
  const [error] = body.errors
  if (error === undefined) return null
  const code = text(error.extensions?.code).toUpperCase()
  const type = text(error.extensions?.type).toLowerCase()
  const said = (text(error.extensions?.userPresentableMessage) || error.message).slice(0, MAX_SENTENCE)
  const sentence = `Linear refuses ${asked.name}: ${said}`
  if (code === 'RATELIMITED' || type === 'ratelimited')
    return new RemoteFault('rate', sentence, { retryAt: retryAt(asked.headers, asked.now) })
  if (code === 'AUTHENTICATION_ERROR' || type === 'authentication error')
    return new RemoteFault('auth', sentence)
  const entity = /^Entity not found: (\w+)/.exec(error.message)?.[1]
  if (entity !== undefined && TARGETS.includes(entity)) return new RemoteFault('gone', sentence)
  if (
    /^(internal error|lock timeout|network error|bootstrap error|unknown)$/.test(type) ||
    code === 'INTERNAL_SERVER_ERROR'
  )
    return new RemoteFault(asked.effect === 'write' ? 'unknown' : 'down', sentence)
  return new RemoteFault('invalid', sentence, { field: fieldOf(error, entity) })
}
