import { parseBoundedJson } from '../../lib/bounded-json.ts'
import type { HttpResponse } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import type { ToolField } from '../../sync/snapshot.ts'
import { rateInfo, retryAfter } from '../http-rate.ts'
import { answers } from './schema.ts'

/**
 * Which refusal means what. GitHub says 403 for four different things: the hourly budget is spent, a secondary limit
 * (often without Retry-After: only its sentence tells), this one issue is locked or its repository archived, and rights
 * that are missing altogether. Only the last may stop the whole connection.
 */

/** GitHub: "wait for at least one minute" where a secondary limit names no time. */
const SECONDARY_WAIT_MS = 60_000

const FIELDS: Readonly<Record<string, ToolField>> = {
  title: 'title',
  body: 'description',
  description: 'description',
  state: 'status',
  state_reason: 'status',
  milestone: 'release',
  assignee: 'owner',
  assignees: 'owner',
  labels: 'labels',
  label: 'labels',
  type: 'type',
  due_on: 'due',
}

interface Said {
  readonly text: string
  readonly fields: readonly ToolField[]
}

const saidIn = (response: HttpResponse): Said => {
  const parsed = parseBoundedJson(response.bytes)
  const body = parsed.ok ? parsed.value : null
  if (!answers.refusal.Check(body)) return { text: '', fields: [] }
  const errors = (body.errors ?? []).slice(0, 5)
  const texts = errors.map((each) =>
    typeof each === 'string' ? each : (each.message ?? [each.field, each.code].filter(Boolean).join(' is ')),
  )
  const fields = errors.flatMap((each) => {
    const found = typeof each === 'string' ? undefined : FIELDS[each.field ?? '']
    return found === undefined ? [] : [found]
  })
  const text = [body.message ?? '', ...texts].filter((each) => each !== '').join(': ')
  return { text: text.replace(/\s+/g, ' ').slice(0, 300), fields }
}

const SECONDARY = /secondary rate limit|abuse detection|submitted too quickly|rate limit exceeded/i
/** About this one thing: the connection may go on with the others. */
const ONE_THING = /locked|archived|read-only|blocked|disabled/i

/** When to come again, where the answer is about rates; null: it is not. */
export const rateOf = (response: HttpResponse, now: Date): Date | null => {
  const after = retryAfter(response.headers, now)
  const budget = rateInfo(response.headers, now)
  const spent = budget?.remaining === 0 ? (budget.resetAt ?? null) : null
  if (response.status === 429 || after !== null || SECONDARY.test(saidIn(response).text))
    return after ?? spent ?? new Date(now.getTime() + SECONDARY_WAIT_MS)
  return spent
}

/** A 403 as the fault it means. */
export const forbidden = (response: HttpResponse, what: string, now: Date): RemoteFault => {
  const retryAt = rateOf(response, now)
  if (retryAt !== null)
    return new RemoteFault(
      'rate',
      `GitHub asks us to wait until ${retryAt.toISOString()} before ${what} is asked for again`,
      { retryAt },
    )
  const { text } = saidIn(response)
  const kind = ONE_THING.test(text) ? 'invalid' : 'auth'
  return new RemoteFault(kind, `GitHub forbids it for ${what}${text === '' ? '' : `: ${text}`}`)
}

/** A 422. `written`: the fields of the refused call. */
export const unprocessable = (
  response: HttpResponse,
  what: string,
  written: readonly ToolField[],
  now: Date,
): RemoteFault => {
  const { text, fields } = saidIn(response)
  // Content that is made too quickly is refused with 422 in places, with the words of a limit.
  if (/submitted too quickly|secondary rate limit/i.test(text)) {
    const retryAt = new Date(now.getTime() + SECONDARY_WAIT_MS)
    return new RemoteFault('rate', `GitHub asks us to make ${what} later`, { retryAt })
  }
  const named = fields.find((each) => written.includes(each)) ?? fields[0]
  const only = written.length === 1 ? written[0] : undefined
  return new RemoteFault('invalid', `GitHub refuses ${what}: ${text === '' ? 'it does not say why' : text}`, {
    field: named ?? only ?? null,
  })
}
