import type { Dispatcher } from 'undici'
import type { Answer } from './http-fault.ts'

/**
 * One call and its whole answer. A handler on undici's dispatcher rather than its promise API, for two reasons: it
 * knows whether the call reached a socket (before that nothing can have happened there), and it costs less.
 */

export type Outcome =
  | { readonly ok: true; readonly answer: Answer }
  /** `sent`: bytes may have left for the tool. `tooLarge`, `reason`: half sentences for a person. */
  | {
      readonly ok: false
      readonly sent: boolean
      readonly tooLarge: boolean
      readonly reason: string
      readonly cause: Error
    }

export interface ExchangeLimits {
  readonly timeoutMs: number
  readonly maxBytes: number
  /** The body is a stream that may take long: the time-out counts from its end. */
  readonly streamed: boolean
}

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>

/** One string for each header, in a plain record. */
export const flatHeaders = (raw: RawHeaders): Readonly<Record<string, string>> => {
  const flat: Record<string, string> = {}
  for (const name of Object.keys(raw)) {
    const value = raw[name]
    if (typeof value === 'string') flat[name] = value
    else if (value !== undefined && name !== '__proto__') flat[name] = value.join(', ')
  }
  return flat
}

class Overflow extends Error {}
class Deadline extends Error {}

/** We never offer a coding, so a coded body is a mistake, or a small body that unpacks into a huge one. */
const isCoded = (headers: Answer['headers']): boolean => {
  const coding = headers['content-encoding']
  return coding !== undefined && coding !== '' && coding.toLowerCase() !== 'identity'
}

/** An undici or system error in words; their own messages can hold addresses, never headers or bodies. */
export const reasonOf = (error: Error): string => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused'
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `the name could not be resolved (${code})`
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
      return 'the connection broke off'
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return 'no connection could be made in time'
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return 'no answer came in time'
    case 'UND_ERR_HEADERS_OVERFLOW':
      return 'the headers of the answer are too large'
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'the answer was cut short'
    default:
      return code === '' ? error.message : `${error.message} (${code})`
  }
}

/** Does one call; never rejects. The body of the answer is cut off as soon as it exceeds `maxBytes`. */
export const exchange = (
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  limits: ExchangeLimits,
): Promise<Outcome> =>
  new Promise((resolve) => {
    let sent = false
    let status = 0
    let headers: Answer['headers'] = {}
    let size = 0
    let first: Buffer | null = null
    let rest: Buffer[] | null = null
    let active: Dispatcher.DispatchController | null = null
    let timer: NodeJS.Timeout | undefined

    let settled = false

    const finish = (outcome: Outcome): void => {
      settled = true
      clearTimeout(timer)
      resolve(outcome)
    }
    const fail = (cause: Error): void => {
      const reason = cause instanceof Deadline || cause instanceof Overflow ? cause.message : reasonOf(cause)
      finish({ ok: false, sent, tooLarge: cause instanceof Overflow, reason, cause })
    }
    const startTimer = (): void => {
      timer ??= setTimeout(() => {
        const late = new Deadline(`no complete answer came within ${limits.timeoutMs / 1000} s`)
        fail(late)
        active?.abort(late)
      }, limits.timeoutMs)
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        active = controller
        // The time-out may have passed while the call waited for a free connection: then it must not be sent any more.
        if (settled) return controller.abort(new Deadline('the call waited too long'))
        sent = true
      },
      onRequestSent() {
        if (limits.streamed) startTimer()
      },
      onResponseStart(controller, statusCode, rawHeaders) {
        if (statusCode < 200) return
        status = statusCode
        headers = flatHeaders(rawHeaders)
        if (Number(headers['content-length'] ?? 0) > limits.maxBytes)
          controller.abort(new Overflow(tooLarge(limits)))
        else if (isCoded(headers))
          controller.abort(new Error('the answer is compressed, which was not asked for'))
      },
      onResponseData(controller, chunk) {
        size += chunk.length
        if (size > limits.maxBytes) return controller.abort(new Overflow(tooLarge(limits)))
        if (first === null) first = chunk
        else if (rest === null) rest = [first, chunk]
        else rest.push(chunk)
      },
      onResponseEnd() {
        const bytes = rest === null ? (first ?? Buffer.alloc(0)) : Buffer.concat(rest, size)
        finish({ ok: true, answer: { status, headers, bytes } })
      },
      onResponseError(_controller, error) {
        fail(error)
      },
    }

    if (!limits.streamed) startTimer()
    try {
      dispatcher.dispatch(options, handler)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })

const tooLarge = (limits: ExchangeLimits): string =>
  `the answer is larger than ${Math.floor(limits.maxBytes / 1024)} KiB`
