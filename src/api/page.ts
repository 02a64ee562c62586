import type { FastifyReply } from 'fastify'
import type { Refusal } from '../domain/refusal.ts'
import type { Result } from '../lib/result.ts'
import type { Page, PageRequest } from '../store/cursor.ts'
import { sendProblem } from './errors.ts'
import type { PageQuery } from './shapes.ts'

const DEFAULT_LIMIT = 50

/** What the store's lists take, from `?limit&cursor`. */
export const pageRequest = (query: PageQuery): PageRequest => ({
  after: query.cursor ?? null,
  limit: query.limit ?? DEFAULT_LIMIT,
})

/** Answers with a page, or with the refusal of a cursor that is not one of ours. */
export const sendPage = <R, T>(
  reply: FastifyReply,
  page: Result<Page<R>, Refusal>,
  present: (row: R) => T,
): FastifyReply =>
  page.ok
    ? reply.send({ items: page.value.items.map(present), next: page.value.next })
    : sendProblem(reply, { ...page.error, field: '/cursor' })
