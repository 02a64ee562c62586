import { once } from 'node:events'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { uuidv7 } from '../lib/ids.ts'
import type { Result } from '../lib/result.ts'
import { asSent, PROBLEMS, type Problem } from './errors.ts'

/**
 * An answer that takes minutes, as lines of JSON (`application/x-ndjson`): any number of `{"progress": …}`, and at the
 * end one `{"answer": …}` or `{"problem": …}`. The status is sent before the end is known and says only that the work
 * began. The work stops when the caller goes away.
 */
export const LINES = 'application/x-ndjson'

export interface Watch<P> {
  readonly onProgress: (progress: P) => void
  readonly signal: AbortSignal
}

export const wantsLines = (request: FastifyRequest): boolean =>
  (request.headers.accept ?? '').split(',').some((type) => type.split(';')[0]?.trim() === LINES)

/** One line a second at most: a step may be a thousandth of the work. */
const PROGRESS_EVERY_MS = 1_000

export const answerInLines = async <P, T>(
  request: FastifyRequest,
  reply: FastifyReply,
  work: (watch: Watch<P>) => Promise<Result<T, Problem>>,
): Promise<FastifyReply> => {
  const out = reply.raw
  const gone = new AbortController()
  out.once('close', () => gone.abort())
  reply.hijack()
  out.writeHead(200, {
    'content-type': LINES,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  let shownAt = 0
  const onProgress = (progress: P): void => {
    if (performance.now() - shownAt < PROGRESS_EVERY_MS || out.writableNeedDrain) return
    shownAt = performance.now()
    out.write(`${JSON.stringify({ progress })}\n`)
  }
  const line = await work({ onProgress, signal: gone.signal }).then(
    (done) => (done.ok ? { answer: done.value } : { problem: shown(asSent(request, done.error)) }),
    (error: unknown) => {
      if (gone.signal.aborted) return null
      const id = uuidv7()
      request.log.error({ err: error, id, route: request.routeOptions.url }, 'a request failed')
      const detail = `Something went wrong here. The log has the details under ${id}.`
      return { problem: shown({ code: 'internal', detail, id }) }
    },
  )
  if (line !== null && !gone.signal.aborted) {
    out.end(`${JSON.stringify(line)}\n`)
    await once(out, 'close')
  }
  return reply
}

const shown = (problem: Problem) => ({
  type: `/problems/${problem.code}`,
  ...PROBLEMS[problem.code],
  ...problem,
})
