import type { FastifyReply } from 'fastify'
import { placeOfCiSecret } from '../../commands/keep-ci-source.ts'
import { type ReceivedCiReports, receiveCiReports } from '../../commands/receive-ci-reports.ts'
import { runCommand } from '../../commands/run-command.ts'
import { identityOf, readCi, verifyCi } from '../../domain/ci/ci-kinds.ts'
import type { CiDelivery } from '../../domain/ci/told-deployment.ts'
import { isId } from '../../lib/ids.ts'
import { said } from '../../lib/said.ts'
import { sha256 } from '../../lib/stable.ts'
import { type CiSource, findCiSource, noteNotTaken } from '../../store/ci-sources.ts'
import { isDatabaseLost } from '../../store/database-lost.ts'
import { openSecret } from '../../store/secrets.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import type { HookCounts } from './hook-counts.ts'

/**
 * `POST /hooks/ci/<source>`: where CI systems tell of deployments. As with tools, the size is capped before anything is
 * read, the raw bytes are verified before anything is parsed, and 2xx is answered only after what was told is committed.
 * An unknown source and a wrong signature get one and the same answer; the reason is for the source's screen.
 */
const REJECTED = problem('unauthenticated', 'The delivery is not signed as a source here expects.')

/** A flood of wrong signatures costs a write a second, however many they are. */
const NOTED_AT_MOST_EVERY_MS = 1_000

type Note = (source: CiSource, as: 'refused' | 'ignored', why: string, at: Date) => Promise<void>

/** Counts what was not taken in memory, and writes it down in its time. */
const noter = (deps: ApiDeps): Note => {
  const open = new Map<string, { times: number; notedAt: number }>()
  return async ({ id }, as, why, at) => {
    const key = `${id} ${as}`
    const counted = open.get(key) ?? { times: 0, notedAt: 0 }
    counted.times += 1
    open.set(key, counted)
    if (at.getTime() - counted.notedAt < NOTED_AT_MOST_EVERY_MS) return
    const { times } = counted
    Object.assign(counted, { times: 0, notedAt: at.getTime() })
    await noteNotTaken(deps.runner.db, id, { as, why, times, at })
  }
}

export const ciHookRoutes = async (app: App, deps: ApiDeps, counts: HookCounts): Promise<void> => {
  const note = noter(deps)
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    // whatever it calls itself, it is verified first: Argo CD and plain curl name no type
    hooks.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: deps.config.hookMaxBytes },
      (_request, body, done) => done(null, body),
    )
    hooks.post<{ Params: { source: string }; Body: Buffer | undefined }>(
      '/hooks/ci/:source',
      {
        config: { access: 'public' },
        bodyLimit: deps.config.hookMaxBytes,
        schema: {
          tags: ['hooks'],
          summary: 'A CI system tells of deployments',
          description:
            'Signed as docs/deployments.md says. 200 means kept: taken, waiting until somebody says where it belongs, ignored, or seen before.',
          security: [],
        },
      },
      async (request, reply) => {
        const delivery: CiDelivery = {
          bytes: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          headers: request.headers as Readonly<Record<string, string>>,
          now: deps.runner.now(),
        }
        try {
          return await take(deps, counts, note, request.params.source, delivery, reply)
        } catch (error) {
          if (!isDatabaseLost(error)) throw error
          return sendProblem(reply, problem('database-unavailable', 'Send it again in a few seconds.'))
        }
      },
    )
  })
}

const take = async (
  deps: ApiDeps,
  counts: HookCounts,
  note: Note,
  id: string,
  delivery: CiDelivery,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const source = isId(id) ? await findCiSource(deps.runner.db, id) : null
  if (source === null || source.archived_at !== null) {
    counts.unknown()
    return sendProblem(reply, REJECTED)
  }
  const label = `ci ${source.key}`
  const wrong = wrongIn(deps, source, delivery)
  if (wrong !== null) {
    counts.rejected(label, wrong, delivery.now)
    await note(source, 'refused', wrong, delivery.now)
    return sendProblem(reply, REJECTED)
  }
  const reading = readCi(source.kind, delivery)
  if (reading.outcome === 'unreadable') {
    counts.rejected(label, reading.reason, delivery.now)
    await note(source, 'refused', reading.reason, delivery.now)
    return sendProblem(reply, problem('invalid', `Not understood: ${reading.reason}.`))
  }
  if (reading.outcome === 'ignored') {
    counts.ignored(label)
    await note(source, 'ignored', reading.reason, delivery.now)
    return say(reply, { status: 'ignored', reason: reading.reason })
  }
  const received = await runCommand(
    deps.runner,
    { kind: 'token', id: source.id, name: source.name },
    receiveCiReports,
    {
      source: source.id,
      delivery: sha256(identityOf(source.kind, delivery)),
      deployments: reading.deployments,
    },
  )
  if (!received.ok) {
    counts.failed(label)
    return sendProblem(reply, received.error)
  }
  counts.taken(label, received.value.status === 'seen' ? 'seen' : 'new')
  return say(reply, received.value)
}

const wrongIn = (deps: ApiDeps, source: CiSource, delivery: CiDelivery): string | null => {
  const secret = openSecret(deps.master, placeOfCiSecret(source.id), source.secret)
  return secret.ok
    ? verifyCi(source.kind, delivery, secret.value.reveal())
    : said`its secret does not open with this key file: renew the secret`
}

const say = (
  reply: FastifyReply,
  { status, reason }: ReceivedCiReports | { readonly status: string; readonly reason: string | null },
): FastifyReply =>
  reply.send({
    status: status === 'seen' ? 'seen before' : status,
    ...(reason === null ? {} : { reason }),
  })
