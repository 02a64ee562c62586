import type { FastifyReply, FastifyRequest } from 'fastify'
import { applyCommand, type Command, type CommandContext, runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Refusal } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { stableJson } from '../lib/stable.ts'
import type { Tx } from '../store/database.ts'
import { claimKey, type KeptAnswer, type KeyedRequest, keepAnswer } from '../store/idempotency.ts'
import { fingerprint, openSecret, type SecretPlace, sealSecret } from '../store/secrets.ts'
import type { ApiDeps } from './deps.ts'
import { type Problem, problem, sendProblem } from './errors.ts'

/**
 * How a request that changes something is answered: the command, what is shown of its outcome, and the idempotency
 * key, all in one transaction. So the answer shows exactly what was committed, and a repeated key gets it again.
 * A refusal is not kept: the same request may be allowed later.
 */
export interface Ask<I, T, A> {
  readonly command: Command<I, T>
  readonly input: I
  /** What is answered, read in the same transaction. */
  readonly present: (tx: Tx, value: T) => Promise<A>
  /** Fingerprint of a body that was streamed. */
  readonly content?: string
  /** Default 200. */
  readonly status?: 200 | 201 | 202 | 204
}

const KEY = /^[\x21-\x7e]{1,200}$/

export const answer = async <I, T, A>(
  deps: ApiDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  ask: Ask<I, T, A>,
): Promise<FastifyReply> => {
  const keyed = keyedRequest(deps, request, ask.content)
  if (!keyed.ok) return sendProblem(reply, keyed.error)
  const actor = request.caller?.actor ?? SYSTEM
  let stopped: Problem | null = null
  const whole: Command<I, KeptAnswer> = async (tx, context, input) => {
    const claimed = keyed.value === null ? null : await claimKey(tx, keyed.value)
    const again = claimed?.state === 'done' ? openAnswer(deps, keyed.value, claimed.answer) : null
    if (again !== null) return ok({ value: again, events: [], changed: [] })
    stopped = claimed === null ? null : keyProblem(claimed.state)
    // refused to roll back; what is answered is `stopped`
    if (stopped !== null) return err({ code: 'already-done', detail: stopped.detail })
    const made = await applyAndPresent(tx, context, ask, input)
    if (!made.ok) return made
    if (keyed.value !== null)
      await keepAnswer(tx, keyed.value, sealAnswer(deps, keyed.value, made.value), context.now)
    return ok({ value: made.value, events: [], changed: [] })
  }
  const done = await runCommand(deps.runner, actor, whole, ask.input, {
    cause: `request ${request.id}`,
    address: request.ip,
  })
  if (!done.ok) return sendProblem(reply, stopped ?? done.error)
  const { status, body } = done.value
  return reply.code(status).send(status === 204 ? undefined : body)
}

const applyAndPresent = async <I, T, A>(
  tx: Tx,
  context: CommandContext,
  ask: Ask<I, T, A>,
  input: I,
): Promise<Result<KeptAnswer, Refusal>> => {
  const applied = await applyCommand(tx, context, ask.command, input)
  return applied.ok ? ok({ status: ask.status ?? 200, body: await ask.present(tx, applied.value) }) : applied
}

/** An answer can hold a new token, so what is kept of it opens with our key only: no copy of the database reads it. */
const sealAnswer = (deps: ApiDeps, keyed: KeyedRequest, { status, body }: KeptAnswer): KeptAnswer => ({
  status,
  body: sealSecret(deps.master, placeOf(keyed), JSON.stringify(body)),
})

const openAnswer = (deps: ApiDeps, keyed: KeyedRequest | null, kept: KeptAnswer): KeptAnswer | null => {
  if (keyed === null || typeof kept.body !== 'string') return null
  const opened = openSecret(deps.master, placeOf(keyed), kept.body)
  return opened.ok ? { status: kept.status, body: JSON.parse(opened.value.reveal()) } : null
}

const placeOf = ({ tokenId, key }: KeyedRequest): SecretPlace => ({
  connectionId: tokenId,
  field: key,
  origin: 'an answer',
})

const keyProblem = (state: 'new' | 'running' | 'other request' | 'done'): Problem | null => {
  if (state === 'done')
    return problem(
      'already-done',
      'This was done, but its answer was kept under another key: look at the record.',
    )
  if (state === 'running')
    return problem('still-running', 'The first request with this Idempotency-Key has not ended. Ask again.')
  if (state === 'other request')
    return problem(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request. Use a new key for a new request.',
      { field: '/headers/idempotency-key' },
    )
  return null
}

/** Null: the client sent no key. */
const keyedRequest = (
  deps: ApiDeps,
  request: FastifyRequest,
  content: string | undefined,
): Result<KeyedRequest | null, Problem> => {
  const key = request.headers['idempotency-key']
  if (key === undefined || request.caller === null || request.method !== 'POST') return ok(null)
  if (typeof key !== 'string' || !KEY.test(key))
    return err(
      problem('malformed', 'Idempotency-Key must be 1 to 200 visible ASCII characters.', {
        field: '/headers/idempotency-key',
      }),
    )
  if (request.routeOptions.config.holdsPassword)
    return err(
      problem(
        'malformed',
        'This address takes no Idempotency-Key, because a password is in the body and nothing of one is kept. Send the request without it.',
        { field: '/headers/idempotency-key' },
      ),
    )
  // with our key: a body may hold a tool's password, which a plain hash would let somebody guess
  const requestHash = fingerprint(
    deps.master,
    stableJson([request.method, request.url, content ?? request.body ?? null]),
  )
  return ok({ tokenId: request.caller.tokenId, key, requestHash })
}

/** Reads in one transaction, at one moment: lists and single records. */
export const read = <T>(deps: ApiDeps, reader: (tx: Tx) => Promise<T>): Promise<T> =>
  deps.runner.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(reader)
