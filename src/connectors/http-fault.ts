import { parseBoundedJson } from '../lib/bounded-json.ts'
import { type FaultKind, RemoteFault } from '../sync/fault.ts'
import { rateInfo, retryAfter, retryAt } from './http-rate.ts'
import { redact, shorten } from './http-redact.ts'

/**
 * One table from what came back to what it means. The way to be wrong that costs most is calling a write that may have
 * happened "not happened": a retry then makes a second issue. So every doubt about a write is `unknown`.
 */

export type Effect = 'read' | 'write'

/** What is known of a call when it goes wrong; `secrets` are taken out of every text. */
export interface Call {
  readonly method: string
  /** Without the query, which may hold a token. */
  readonly path: string
  readonly effect: Effect
  readonly secrets: () => readonly string[]
}

export interface Answer {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

const MAX_MESSAGE = 300
const MAX_EXCERPT = 100
/** Only the beginning is looked at: enough for a sentence, and a bound for the expressions below. */
const LOOK_AT_BYTES = 4_096
const MESSAGE_KEYS = [
  'message',
  'error',
  'error_description',
  'detail',
  'title',
  'errors',
  'errorMessages',
  'description',
]

/** The kind of a call whose answer was lost or cannot be read. */
export const lostKind = (effect: Effect): FaultKind => (effect === 'write' ? 'unknown' : 'down')

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, LOOK_AT_BYTES)).toString('utf8')

const withoutTags = (html: string): string =>
  html
    .replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/[<>]/g, ' ')

/** The sentences in an error body. `byField`: the members' names are fields, as in `{errors: {title: ["is too long"]}}`. */
const messagesIn = (value: unknown, depth = 0, byField = false): readonly string[] => {
  if (typeof value === 'string') return [value]
  if (depth > 3 || value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return value.slice(0, 5).flatMap((each) => messagesIn(each, depth + 1))
  const members = Object.entries(value)
  if (byField) {
    return members
      .slice(0, 5)
      .flatMap(([key, inner]) => messagesIn(inner, depth + 1).map((said) => `${key}: ${said}`))
  }
  return members
    .filter(([key]) => MESSAGE_KEYS.includes(key))
    .flatMap(([key, inner]) => messagesIn(inner, depth + 1, key === 'errors'))
}

/** The tool's own sentence about a refusal, as text without markup; empty when it gave none. */
export const toolMessage = (answer: Pick<Answer, 'bytes'>): string => {
  if (answer.bytes.length === 0) return ''
  const parsed = answer.bytes.length <= 65_536 ? parseBoundedJson(answer.bytes) : null
  const said = parsed?.ok ? messagesIn(parsed.value).join('; ') : withoutTags(textOf(answer.bytes))
  return shorten(said, MAX_MESSAGE)
}

const named = (call: Call): string => `${call.method} ${call.path}`

/** A fault with its sentence cleaned of secrets. */
export const callFault = (
  call: Call,
  kind: FaultKind,
  sentence: string,
  more: { retryAt?: Date | null; cause?: unknown } = {},
): RemoteFault =>
  new RemoteFault(
    kind,
    shorten(redact(`${named(call)} ${sentence}`, call.secrets()), MAX_MESSAGE + 200),
    more,
  )

/** An answer that is not the JSON it should be. */
export const notJsonFault = (call: Call, answer: Answer, problem: string): RemoteFault => {
  const type = shorten(answer.headers['content-type'] ?? 'no content type', 60)
  const excerpt = shorten(withoutTags(textOf(answer.bytes)), MAX_EXCERPT)
  const shown = excerpt === '' ? '' : `: "${excerpt}"`
  return callFault(call, lostKind(call.effect), `answered ${type}, ${problem}${shown}`)
}

const LOGIN = /log-?in|sign-?in|\bsso\b|saml|oauth|authorize|\/auth\b|session/i

const redirectFault = (call: Call, answer: Answer, base: URL): RemoteFault => {
  const location = answer.headers['location'] ?? ''
  const target = URL.canParse(location, base.href) ? new URL(location, base.href) : null
  const shown = target === null ? 'nowhere' : `${target.origin}${target.pathname}`
  if (target !== null && LOGIN.test(target.pathname)) {
    return callFault(
      call,
      'auth',
      `was sent on to a login page (${shown}): the credentials are missing, wrong or expired`,
    )
  }
  // 307 and 308 ask for the same call elsewhere, so nothing was done; after 301–303 a write may have happened.
  const kind = answer.status >= 307 ? 'down' : lostKind(call.effect)
  return callFault(
    call,
    kind,
    `was redirected (${answer.status}) to ${shown}; redirects are not followed: correct the address of the connection`,
  )
}

const refusalKind = (status: number, effect: Effect): FaultKind => {
  switch (status) {
    case 401:
    case 403:
    case 407:
      return 'auth'
    case 404:
    case 410:
      return 'gone'
    case 409:
    case 412:
    case 423:
    case 428:
      return 'conflict'
    case 408:
    case 499:
      return lostKind(effect)
    case 425:
      return 'down'
    default:
      return status < 500 ? 'invalid' : lostKind(effect)
  }
}

const isRateLimited = (answer: Answer, now: Date): boolean => {
  if (answer.status === 429) return true
  if (answer.status !== 503 && answer.status !== 403) return false
  // Some tools say 403 for an exhausted budget, and some say so in words only (GitHub's secondary limits).
  return (
    retryAfter(answer.headers, now) !== null ||
    (answer.status === 403 &&
      (rateInfo(answer.headers, now)?.remaining === 0 || /rate limit/i.test(toolMessage(answer))))
  )
}

/** What an answer outside 2xx means. */
export const statusFault = (call: Call, answer: Answer, base: URL, now: Date): RemoteFault => {
  if (isRateLimited(answer, now)) {
    const until = retryAt(answer.headers, now)
    return callFault(
      call,
      'rate',
      `answered ${answer.status}: the tool asks us to wait until ${until.toISOString()}`,
      { retryAt: until },
    )
  }
  if (answer.status >= 300 && answer.status < 400) return redirectFault(call, answer, base)
  // Redacted before it is cut, so that a secret at the cut does not survive in part.
  const said = toolMessage({ bytes: Buffer.from(redact(textOf(answer.bytes), call.secrets())) })
  const kind = answer.status < 200 ? lostKind(call.effect) : refusalKind(answer.status, call.effect)
  const until = retryAfter(answer.headers, now)
  return callFault(call, kind, `answered ${answer.status}${said === '' ? '' : `: ${said}`}`, {
    retryAt: until,
  })
}
