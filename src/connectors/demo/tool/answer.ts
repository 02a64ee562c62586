import type { DemoFault, FaultScript } from './faults.ts'
import type { CallEntry } from './model.ts'
import { type RouteAnswer, type Routed, route, type ToolRequest } from './routes.ts'
import type { ToolState } from './state.ts'

/** How a request ended on the wire. The two transports (in process, HTTP) turn this into what a client sees. */
export type ToolAnswer =
  | {
      readonly as: 'json'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly json: unknown
    }
  | {
      readonly as: 'file'
      readonly size: number
      readonly stream: AsyncIterable<Uint8Array>
      /** The connection breaks after so many bytes; null: it does not. */
      readonly cutAt: number | null
    }
  | { readonly as: 'text'; readonly mediaType: string; readonly text: string }
  /** So many bytes of white space. */
  | { readonly as: 'huge'; readonly size: number }
  /** Half of this JSON, then the end of the connection. */
  | { readonly as: 'half'; readonly json: unknown }
  /** Nothing was taken in. */
  | { readonly as: 'refused' }
  /** Taken in; the connection broke before the answer. */
  | { readonly as: 'lost' }
  /** Taken in; no answer will come. */
  | { readonly as: 'hung' }

const LOGIN_PAGE =
  '<!doctype html><html><head><title>Sign in</title></head><body><form>…</form></body></html>'
const DEEP_BRACKETS = 200_000
// for a demo that runs for weeks
const CALLS_KEPT = 200_000
const HUGE_BYTES = 1024 * 1024 * 1024

export interface Answering {
  readonly state: ToolState
  readonly faults: FaultScript
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
  readonly deliverHooks: () => Promise<unknown>
  readonly token: string | null
}

/** Answers requests as the fault script orders, and notes each call. */
export const createAnswering = (tool: Answering): ((request: ToolRequest) => Promise<ToolAnswer>) => {
  let blockedUntilMs = 0

  return async (request) => {
    const { faults, state } = tool
    const routed = route(state, request)
    if (routed === null) return json(404, { error: 'There is no such address.', field: null })
    const strikes = (fault: DemoFault): boolean => faults.strikes(fault, routed.op)
    const end = (outcome: CallEntry['outcome'], answer: ToolAnswer, early = false): ToolAnswer => {
      if (state.calls.length >= CALLS_KEPT) state.calls.splice(0, CALLS_KEPT / 2)
      state.calls.push({ at: state.now().toISOString(), op: routed.op, write: routed.write, outcome, early })
      return answer
    }
    const refuse = (status: number, error: string): ToolAnswer =>
      end(status, json(status, { error, field: null }))
    if (faults.settings.latencyMs > 0) await tool.sleep(faults.settings.latencyMs)

    if (strikes('down')) return end('refused', { as: 'refused' })
    const nowMs = state.now().getTime()
    const leftS = Math.ceil((blockedUntilMs - nowMs) / 1000)
    if (leftS > 0) return end(429, tooMany(leftS), true)
    if (strikes('rate')) {
      blockedUntilMs = nowMs + faults.settings.retryAfterS * 1000
      return end(429, tooMany(faults.settings.retryAfterS))
    }
    const isStranger = tool.token !== null && request.headers['authorization'] !== `Bearer ${tool.token}`
    if (isStranger || strikes('auth')) return refuse(401, 'Sign in.')
    if (strikes('unavailable')) return refuse(503, 'Back soon.')
    if (strikes('serverError')) return refuse(500, 'Something broke.')
    if (strikes('lostBefore')) return end('lost', { as: 'lost' })
    if (routed.op === 'list' && strikes('listingFails')) return refuse(500, 'The list broke.')
    if (routed.op === 'update' && strikes('conflict')) return refuse(409, 'Changed meanwhile.')
    const hangs = strikes('hang')
    if (hangs && tool.random() < 0.5) return end('hung', { as: 'hung' })

    const answer = await routed.run([
      ...(strikes('commentsMissing') ? (['comments'] as const) : []),
      ...(strikes('attachmentsMissing') ? (['attachments'] as const) : []),
    ])
    if (routed.write && strikes('hookFirst')) await tool.deliverHooks()
    if (hangs) return end('hung', { as: 'hung' })
    // a refusal is never lost: tests that order this fault mean a write that happened
    if (routed.write && answer.status < 300 && strikes('commitThenLose')) return end('lost', { as: 'lost' })
    return end(answer.status, dressed(answer, routed, strikes))
  }
}

const dressed = (answer: RouteAnswer, routed: Routed, strikes: (fault: DemoFault) => boolean): ToolAnswer => {
  if (answer.file !== undefined) {
    const cutAt = strikes('cutDownload') ? Math.floor(answer.file.size * 0.6) : null
    return { as: 'file', ...answer.file, cutAt }
  }
  if (routed.write && answer.status < 300 && strikes('commitThenServerError'))
    return json(502, { error: 'Bad gateway', field: null })
  if (strikes('halfBody')) return { as: 'half', json: answer.json }
  if (strikes('html')) return { as: 'text', mediaType: 'text/html', text: LOGIN_PAGE }
  if (strikes('deepJson'))
    return {
      as: 'text',
      mediaType: 'application/json',
      text: '['.repeat(DEEP_BRACKETS) + ']'.repeat(DEEP_BRACKETS),
    }
  if (strikes('huge')) return { as: 'huge', size: HUGE_BYTES }
  return json(answer.status, answer.json)
}

const json = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): ToolAnswer => ({
  as: 'json',
  status,
  headers,
  json: body,
})

const tooMany = (retryAfterS: number): ToolAnswer =>
  json(429, { error: 'Too many calls.', field: null }, { 'retry-after': String(retryAfterS) })
