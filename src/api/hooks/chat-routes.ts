import type { FastifyReply } from 'fastify'
import { bugOrFeature, type Evidence } from '../../commands/bug-or-feature.ts'
import { placeOfChatSecret } from '../../commands/keep-chat.ts'
import type { ChatDelivery } from '../../domain/chat/chat-kind.ts'
import { type ChatQuestion, readQuestion } from '../../domain/chat/read-question.ts'
import { replyOf, type SaidEvidence, sayHelp, sayRefusal, sayVerdict } from '../../domain/chat/say-verdict.ts'
import { verifyChat } from '../../domain/chat/verify.ts'
import { said } from '../../lib/said.ts'
import { type Chat, findChat, noteChat } from '../../store/chats.ts'
import { isDatabaseLost } from '../../store/database-lost.ts'
import { openSecret } from '../../store/secrets.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import type { HookCounts } from './hook-counts.ts'

/**
 * `POST /hooks/chat/<chat>`: somebody of ours asks in a chat whether it is a bug or a feature. The raw bytes are verified
 * before anything is parsed; whoever can write in that tool is one of us, as who set it up says. Nothing is written but
 * that somebody asked.
 */
const REJECTED = problem('unauthenticated', 'This is not signed as a chat here expects.')
const MAX_BYTES = 64 * 1024

export const chatHookRoutes = async (app: App, deps: ApiDeps, counts: HookCounts): Promise<void> => {
  await app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers()
    hooks.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    hooks.post<{ Params: { chat: string }; Body: Buffer | undefined }>(
      '/hooks/chat/:chat',
      {
        config: { access: 'public' },
        bodyLimit: MAX_BYTES,
        schema: {
          tags: ['hooks'],
          summary: 'Somebody asks in a chat',
          description:
            'Signed by the chat tool as docs/bug-or-feature.md says; the answer is for whoever asked.',
          security: [],
        },
      },
      async (request, reply) => {
        const delivery: ChatDelivery = {
          bytes: Buffer.isBuffer(request.body) ? request.body : new Uint8Array(),
          headers: request.headers as Readonly<Record<string, string>>,
          now: deps.runner.now(),
        }
        try {
          return await take(
            deps,
            counts,
            request.params.chat,
            delivery,
            `${request.protocol}://${request.host}`,
            reply,
          )
        } catch (error) {
          if (!isDatabaseLost(error)) throw error
          return sendProblem(reply, problem('database-unavailable', 'Ask again in a few seconds.'))
        }
      },
    )
  })
}

const take = async (
  deps: ApiDeps,
  counts: HookCounts,
  id: string,
  delivery: ChatDelivery,
  calledAt: string,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { db } = deps.runner
  const chat = await findChat(db, id)
  if (chat === null || chat.archived_at !== null) {
    counts.unknown()
    return sendProblem(reply, REJECTED)
  }
  const label = `chat ${chat.name}`
  const wrong = wrongIn(deps, chat, delivery)
  if (wrong !== null) {
    counts.rejected(label, wrong, delivery.now)
    await noteChat(db, chat.id, { refused: wrong, at: delivery.now })
    return sendProblem(reply, REJECTED)
  }
  const question = readQuestion(chat.kind, delivery)
  if (!question.ok) {
    counts.rejected(label, question.error, delivery.now)
    await noteChat(db, chat.id, { refused: question.error, at: delivery.now })
    return sendProblem(reply, problem('invalid', 'This is no message as a chat tool sends it.'))
  }
  counts.taken(label, 'new')
  await noteChat(db, chat.id, { refused: null, at: delivery.now })
  const text = await answerTo(deps, chat, question.value, deps.config.publicUrl ?? calledAt)
  return reply.send(replyOf(chat.kind, text))
}

const wrongIn = (deps: ApiDeps, chat: Chat, delivery: ChatDelivery): string | null => {
  const secret = openSecret(deps.master, placeOfChatSecret(chat.id), chat.secret)
  return secret.ok
    ? verifyChat(chat.kind, delivery, secret.value.reveal())
    : said`its secret does not open with this key file: give it again`
}

const answerTo = async (deps: ApiDeps, chat: Chat, asked: ChatQuestion, url: string): Promise<string> => {
  const { kind, language, product_id: usual } = chat
  if (asked.text === '') return sayHelp(language)
  const { text, version } = asked
  const product = asked.product ?? usual
  const judged = await read(deps, (tx) => bugOrFeature(tx, { text, product, version }))
  if (!judged.ok) return sayRefusal(kind, language, judged.error.detail)
  const { verdict, release, evidence } = judged.value
  const words = new URLSearchParams({
    text,
    ...(product === null ? {} : { product }),
    ...(version === null ? {} : { version }),
  })
  return sayVerdict(kind, language, {
    ...{ question: asked, verdict, release: release?.name ?? null },
    evidence: evidence.map((one) => saidEvidence(one, url)),
    // the box itself, with the words in it: it opens the ticket, and looks once more before
    openUrl: `${url}/bug-or-feature?${words}`,
  })
}

/** Of a note, its own words are what is said. */
const saidEvidence = ({ reading, work, note }: Evidence, url: string): SaidEvidence => ({
  reading,
  name: work?.key ?? note?.release.name ?? '',
  title: note?.title ?? work?.title ?? '',
  url: work === null ? `${url}/releases/${note?.release.id ?? ''}/notes` : `${url}/work-items/${work.key}`,
  behaviour: note === null ? (work?.behaviourNote ?? null) : note.body,
  say: note?.say ?? null,
  workaround: note === null ? (work?.workaround ?? null) : note.workaround,
  declined: work?.declineReason ?? null,
  firstIn: work?.firstIn?.name ?? null,
  planned:
    work?.planned == null
      ? null
      : {
          name: work.planned.name,
          from: work.planned.estimate?.from ?? null,
          to: work.planned.estimate?.to ?? null,
        },
})
