import type { DeploymentState } from '../deployment.ts'

/**
 * What a CI system tells of one deployment, in neutral words. It is kept as it is here, so that it can be understood
 * later, when somebody has said where it belongs.
 */
export interface ToldDeployment {
  /** What the CI system calls the place. */
  readonly environment: string
  readonly state: DeploymentState
  /** ISO 8601; null: not told. */
  readonly startedAt: string | null
  readonly finishedAt: string | null
  /** A release's name, a tag or a branch. */
  readonly ref: string | null
  readonly commit: string | null
  readonly build: string | null
  readonly url: string | null
  /** Its id there; null: each report is a deployment of its own. */
  readonly externalId: string | null
  /** Key of the change that it carries out; most tools cannot say it. */
  readonly change?: string | null
}

/** One ring, as it came. */
export interface CiDelivery {
  readonly bytes: Uint8Array
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly now: Date
}

export type CiReading =
  | { readonly outcome: 'told'; readonly deployments: readonly ToldDeployment[] }
  /** Well signed, and nothing to do with deployments. */
  | { readonly outcome: 'ignored'; readonly reason: string }
  /** Well signed, and not to be understood: whoever sends it can mend it. */
  | { readonly outcome: 'unreadable'; readonly reason: string }

export type Members = Readonly<Record<string, unknown>>

export const isMembers = (value: unknown): value is Members =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const inside = (body: Members, name: string): Members => {
  const value = body[name]
  return isMembers(value) ? value : {}
}

const LINE_MAX = 500

/** A line of text, or a number as one; null where there is none, or one that no tool sends. */
export const lineIn = (body: Members, name: string): string | null => {
  const value = body[name]
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value
  if (typeof text !== 'string') return null
  // half of a pair of surrogates is no text that can be kept
  const line = text.toWellFormed().trim()
  return line === '' || line.length > LINE_MAX || /\p{Cc}/u.test(line) ? null : line
}

/** A moment as tools write it (ISO 8601, or `2026-03-02 09:00:00 +0100` and `… UTC`), in ISO 8601. */
export const momentIn = (body: Members, name: string): string | null => {
  const text = lineIn(body, name)
  if (text === null) return null
  const [, day, time, zone] = /^(\d{4}-\d{2}-\d{2})[ T](\S+?)\s?(Z|UTC|[+-]\d{2}:?\d{2})$/.exec(text) ?? []
  if (day === undefined) return null
  const at = new Date(`${day}T${time}${zone === 'UTC' ? 'Z' : zone}`)
  // NaN: no such moment; before 1970: no CI system ran
  return at.getTime() >= 0 ? at.toISOString() : null
}

/** What the tools say for the four states; not here: nothing was deployed, or not yet. */
const STATES: Readonly<Record<string, DeploymentState>> = {
  ...{ started: 'started', running: 'started', in_progress: 'started', progressing: 'started' },
  ...{ succeeded: 'succeeded', success: 'succeeded', successful: 'succeeded' },
  ...{ failed: 'failed', failure: 'failed', error: 'failed', unstable: 'failed', aborted: 'failed' },
  ...{ canceled: 'failed', cancelled: 'failed', degraded: 'failed' },
  ...{ 'rolled back': 'rolled back', rolled_back: 'rolled back' },
}

export const stateCalled = (word: string | null): DeploymentState | null => {
  const name = word?.toLowerCase() ?? ''
  return Object.hasOwn(STATES, name) ? (STATES[name] ?? null) : null
}

/** The moment of a report: the end of what is over, else the beginning. */
export const momentOf = (state: DeploymentState, at: string | null) =>
  state === 'started' ? { startedAt: at, finishedAt: null } : { startedAt: null, finishedAt: at }
