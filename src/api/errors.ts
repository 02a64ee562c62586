import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { REASON_CODES, type Refusal, type RefusalCode } from '../domain/refusal.ts'
import { uuidv7 } from '../lib/ids.ts'
import { isDatabaseLost, isStorageFull } from '../store/database-lost.ts'
import { sentMember } from './sent-member.ts'

/**
 * Everything the API can refuse, in one table: the stable code of a refusal, the HTTP status and the title it gets.
 * Answers are problem details (RFC 9457); `code` is what a program reads, `detail` what a person does next.
 */
type EdgeCode =
  | 'malformed'
  | 'unauthenticated'
  | 'sign-in-refused'
  | 'second-factor-needed'
  | 'second-factor-required'
  | 'sharing-ended'
  | 'too-large'
  | 'unsupported-type'
  | 'too-many-requests'
  | 'idempotency-key-reused'
  | 'still-running'
  | 'database-unavailable'
  | 'too-busy'
  | 'internal'

export type ProblemCode = RefusalCode | EdgeCode

export const PROBLEMS = {
  malformed: { status: 400, title: 'The request cannot be read' },
  unauthenticated: { status: 401, title: 'A valid token is needed' },
  'second-factor-needed': { status: 401, title: 'A second factor is needed' },
  'sign-in-refused': { status: 401, title: 'Signing in was refused' },
  'not-allowed': { status: 403, title: 'Your role does not allow this' },
  'second-factor-required': { status: 403, title: 'A second factor has to be set up first' },
  'not-found': { status: 404, title: 'Not found' },
  'already-done': { status: 409, title: 'This was done already' },
  'wrong-state': { status: 409, title: 'The record is in a state that does not allow this' },
  'in-use': { status: 409, title: 'The record is in use' },
  'still-running': { status: 409, title: 'The first request with this key is still running' },
  'sharing-ended': { status: 410, title: 'The sharing has ended' },
  'changed-meanwhile': { status: 412, title: 'The record was changed meanwhile' },
  'too-large': { status: 413, title: 'The request is too large' },
  'unsupported-type': { status: 415, title: 'The content type is not accepted here' },
  invalid: { status: 422, title: 'A value is not valid' },
  'no-route': { status: 422, title: 'No route leads anywhere' },
  'idempotency-key-reused': { status: 422, title: 'The idempotency key belongs to another request' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'A fault of ours' },
  'storage-full': { status: 503, title: 'The disk is nearly full' },
  'database-unavailable': { status: 503, title: 'The database cannot be reached' },
  'too-busy': { status: 503, title: 'Too much is waiting' },
} as const satisfies Readonly<Record<ProblemCode, { status: number; title: string }>>

export interface Problem extends Omit<Refusal, 'code'> {
  readonly code: ProblemCode
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number
  /** Of an internal fault: the same id stands in the log. */
  readonly id?: string
}

export const problem = (
  code: ProblemCode,
  detail: string,
  more: Omit<Problem, 'code' | 'detail'> = {},
): Problem => ({ code, detail, ...more })

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri-reference', description: 'Names the kind of problem.' }),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable; programs decide by it.', enum: Object.keys(PROBLEMS) }),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
    field: Type.Optional(Type.String({ description: 'JSON pointer to the member it is about.' })),
    existing: Type.Optional(
      Type.Object(
        { kind: Type.String(), id: Type.String(), key: Type.String() },
        { description: 'The record that stands in the way.' },
      ),
    ),
    problems: Type.Optional(
      Type.Array(
        Type.Object({
          line: Type.Integer(),
          column: Type.Integer(),
          path: Type.String(),
          what: Type.String(),
          todo: Type.String(),
        }),
        { description: 'Of a file: everything that is wrong with it, lines and columns from 1.' },
      ),
    ),
    reason: Type.Optional(
      Type.Object(
        {
          code: Type.String({ enum: [...REASON_CODES] }),
          values: Type.Optional(Type.Record(Type.String(), Type.String())),
        },
        { description: 'More exact than `code`, where a screen may have words of its own.' },
      ),
    ),
    id: Type.Optional(Type.String({ description: 'Of a fault of ours; the log has it too.' })),
  },
  { $id: 'Problem', title: 'Problem', description: 'Problem details, RFC 9457.' },
)

const RETRY_AFTER_S: Partial<Record<ProblemCode, number>> = {
  'database-unavailable': 5,
  'storage-full': 60,
  'still-running': 1,
  'too-busy': 1,
}

export const sendProblem = (reply: FastifyReply, found: Problem): FastifyReply =>
  send(reply, asSent(reply.request, found))

/** A refusal whose `field` is the member as the caller sent it. */
export const asSent = (request: FastifyRequest, found: Problem): Problem => {
  const { field, ...rest } = found
  const member = field === undefined ? null : sentMember(request, field)
  return member === null ? rest : { ...rest, field: member }
}

const send = (reply: FastifyReply, found: Problem): FastifyReply => {
  const { status, title } = PROBLEMS[found.code]
  const { retryAfter = RETRY_AFTER_S[found.code], ...shown } = found
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  if (found.code === 'unauthenticated') reply.header('www-authenticate', 'Bearer')
  return reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send({ type: `/problems/${found.code}`, title, status, ...shown })
}

/** Turns whatever was thrown into a problem. What is not expected gets an id and tells nothing else. */
export const onError = (error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const known = knownProblem(error)
  // a schema names the members as they were sent
  if (known !== null) return send(reply, known)
  const id = uuidv7()
  request.log.error({ err: error, id, route: request.routeOptions.url }, 'a request failed')
  return sendProblem(
    reply,
    problem('internal', `Something went wrong here. The log has the details under ${id}.`, { id }),
  )
}

export const onMissing = (_request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  sendProblem(
    reply,
    problem('not-found', 'There is nothing at this address. /api/openapi.json lists what is.'),
  )

const knownProblem = (error: FastifyError): Problem | null => {
  if (error.validation) return invalidInput(error)
  if (isStorageFull(error))
    return problem('storage-full', 'The disk has no room left. Free some; nothing else needs doing.')
  if (holdsNul(error))
    return problem('invalid', 'A text holds the character U+0000, which cannot be stored. Leave it out.')
  if (isDatabaseLost(error))
    return problem('database-unavailable', 'The database does not answer. Try again in a few seconds.')
  // only a search has a limit of its own (57014: stopped by it)
  if (error.code === '57014')
    return problem('too-busy', 'That search takes too long. Add a word or a filter, and try again.')
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return problem('unsupported-type', 'Send the body with one of the content types this address accepts.')
  if (error.statusCode === 413) return problem('too-large', 'The body is larger than this address accepts.')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return problem('malformed', 'The request cannot be read: check the address, the headers and the JSON.')
  return null
}

/** A NUL in a text (22021) or in a document (22P05): no schema forbids it, and PostgreSQL takes it nowhere. */
const holdsNul = (error: FastifyError): boolean => error.code === '22021' || error.code === '22P05'

/** What does not even reach a route: an address that cannot be read, a path that is too long. Nothing of it is repeated. */
export const onUnroutable = (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
  send(reply, knownProblem(error) ?? problem('malformed', 'The address cannot be read.'))
}

/** The first thing the schema refuses, by its JSON pointer; the value itself is not repeated. */
const invalidInput = (error: FastifyError): Problem => {
  const first = error.validation?.[0]
  const extra = first?.params?.['additionalProperties']
  const missing = first?.params?.['requiredProperties'] ?? first?.params?.['missingProperty']
  const name = [extra, missing].flat().find((member): member is string => typeof member === 'string')
  const field = `${first?.instancePath ?? ''}${name === undefined ? '' : `/${name}`}`
  const where = error.validationContext === 'body' ? 'body' : (error.validationContext ?? 'request')
  // of a member that is not in a closed shape the validator says only that nothing is allowed there
  const isUnknown = extra !== undefined || first?.message === 'schema is false'
  const what = isUnknown ? 'is not a known member' : (first?.message ?? 'is not valid')
  return problem('invalid', `In the ${where}, ${field || 'the whole'} ${what}.`, { field: field || '/' })
}
