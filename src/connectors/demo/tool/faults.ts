/**
 * What can go wrong, on order or by chance. A fault that is `queue`d hits the next fitting call and no other; one
 * with a share hits that part of all fitting calls, drawn from the tool's seeded random. Counts of what really struck
 * are kept, so that a run can prove it was not vacuous.
 */

/** Before anything was done. */
const BEFORE = ['down', 'auth', 'rate', 'unavailable', 'serverError', 'lostBefore'] as const
/** After the tool did it: the answer is missing or is no answer. */
const AFTER = ['commitThenLose', 'commitThenServerError', 'halfBody', 'html', 'deepJson', 'huge'] as const
/** Elsewhere: a list that cannot be read, a download that breaks off, webhooks that go astray. */
const ELSEWHERE = [
  'hang',
  'listingFails',
  'commentsMissing',
  'attachmentsMissing',
  'conflict',
  'cutDownload',
  'hookDropped',
  'hookDoubled',
  'hookLate',
  'hookShuffled',
  'hookFirst',
] as const

/**
 * - `down` connection refused; `auth` 401; `rate` 429 with Retry-After; `unavailable` 503; `serverError` 500, nothing done;
 *   `lostBefore` connection reset, nothing done (looks like `commitThenLose`).
 * - `commitThenLose` done, then reset; `commitThenServerError` done, then 502; `halfBody` done, answer cut in two;
 *   `html`, `deepJson`, `huge` done, answered with a login page, a million brackets, a gigabyte.
 * - `hang` no answer ever, done or not by chance; `listingFails` 500 for lists; `commentsMissing`, `attachmentsMissing`
 *   the item comes without that list; `conflict` 409 for an update; `cutDownload` the file ends at 60 %.
 * - `hookDropped`, `hookDoubled`, `hookLate`, `hookShuffled`; `hookFirst` the webhook arrives before the call's answer.
 */
export type DemoFault = (typeof BEFORE)[number] | (typeof AFTER)[number] | (typeof ELSEWHERE)[number]

export interface FaultScript {
  /** Share of fitting calls, 0 to 1, for each named fault; others keep theirs. */
  chance(shares: Partial<Record<DemoFault, number>>): void
  /** The next `times` fitting calls (`op` names one, e.g. `create`; absent: any). */
  queue(fault: DemoFault, more?: { readonly op?: string; readonly times?: number }): void
  /** Milliseconds every call takes (needs the tool's `sleep`), Retry-After of a 429, lateness of late webhooks, how often a doubled one comes. */
  times(values: Partial<FaultTimes>): void
  clear(): void
  /** How often each struck. */
  readonly struck: Readonly<Record<string, number>>
  /** For the tool: does this fault strike this call? Draws from random only for faults with a share. */
  strikes(fault: DemoFault, op: string): boolean
  readonly settings: FaultTimes
}

export interface FaultTimes {
  readonly latencyMs: number
  readonly retryAfterS: number
  readonly hookLateMs: number
  readonly hookCopies: number
}

const CALM: FaultTimes = { latencyMs: 0, retryAfterS: 30, hookLateMs: 60_000, hookCopies: 2 }

export const createFaultScript = (random: () => number): FaultScript => {
  let shares: Partial<Record<DemoFault, number>> = {}
  let queued: { fault: DemoFault; op: string | null; left: number }[] = []
  let settings = CALM
  const struck: Record<string, number> = {}
  const count = (fault: DemoFault): true => {
    struck[fault] = (struck[fault] ?? 0) + 1
    return true
  }
  return {
    chance: (more) => {
      shares = { ...shares, ...more }
    },
    queue: (fault, { op = null, times = 1 }: { op?: string | null; times?: number } = {}) => {
      queued.push({ fault, op, left: times })
    },
    times: (values) => {
      settings = { ...settings, ...values }
    },
    clear: () => {
      shares = {}
      queued = []
      settings = CALM
    },
    struck,
    strikes: (fault, op) => {
      const order = queued.find((entry) => entry.fault === fault && (entry.op === null || entry.op === op))
      if (order !== undefined) {
        order.left -= 1
        if (order.left <= 0) queued = queued.filter((entry) => entry !== order)
        return count(fault)
      }
      const share = shares[fault] ?? 0
      return share > 0 && random() < share && count(fault)
    },
    get settings() {
      return settings
    },
  }
}
