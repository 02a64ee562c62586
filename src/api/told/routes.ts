import type { FastifyReply } from 'fastify'
import { changeContact } from '../../commands/change-contact.ts'
import { runCommand } from '../../commands/run-command.ts'
import { verifyFix } from '../../commands/verify-fix.ts'
import type { Actor } from '../../domain/actor.ts'
import { type ToldNotice, toldNotice } from '../../store/views/told-notice.ts'
import { read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { readMark } from './mark.ts'
import { nowherePage, PAGE_POLICY, toldPage } from './page.ts'

const MAX_BYTES = 1024
const AT = '/told/:mark'
const OPEN = { config: { access: 'public' }, schema: { hide: true } } as const

/** Whoever has a message answers it: by the sign in its address, wherever they read it. */
export const toldRoutes = async (app: App, deps: ApiDeps): Promise<void> => {
  const toldAt = async (mark: string): Promise<ToldNotice | null> => {
    const id = readMark(deps.master, mark)
    return id === null ? null : read(deps, (tx) => toldNotice(tx, id))
  }
  await app.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: MAX_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    )
    pages.get<{ Params: { mark: string } }>(AT, OPEN, async (request, reply) => {
      const told = await toldAt(request.params.mark)
      if (told !== null) return sendPage(reply, toldPage(told))
      const isGerman = /^de\b/i.test(request.headers['accept-language'] ?? '')
      return sendPage(reply.status(404), nowherePage(isGerman ? 'de' : 'en'))
    })
    pages.post<{ Params: { mark: string }; Body: URLSearchParams | undefined }>(
      AT,
      OPEN,
      async (request, reply) => {
        const told = await toldAt(request.params.mark)
        if (told !== null && request.body instanceof URLSearchParams)
          await takeAnswer(deps, told, request.body, request.ip)
        // what came of it is what the page shows now, also to who answers twice or too late
        return reply.redirect(`/told/${encodeURIComponent(request.params.mark)}`, 303)
      },
    )
  })
}

const sendPage = (reply: FastifyReply, html: string) =>
  reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', PAGE_POLICY)
    .header('referrer-policy', 'no-referrer')
    .send(html)

/** In the name of the contact; of somebody unknown, as words that came from the tool they read in. */
const actorOf = ({ contact, through }: ToldNotice): Actor | null =>
  contact !== null
    ? { kind: 'contact', id: contact.id, name: contact.name }
    : through === null
      ? null
      : { kind: 'connection', ...through }

const takeAnswer = async (
  { runner }: ApiDeps,
  told: ToldNotice,
  said: URLSearchParams,
  address: string,
): Promise<void> => {
  const actor = actorOf(told)
  const does = said.get('do')
  if (actor === null) return
  if (does === 'works' || does === 'still broken') {
    const ticket = told.tickets.find(({ id, mayTry }) => mayTry && id === said.get('ticket'))
    if (ticket === undefined) return
    await runCommand(runner, actor, verifyFix, { ticket: ticket.id, works: does === 'works' }, { address })
  } else if (told.contact !== null && (does === 'stop' || does === 'again')) {
    const set = { takesNotices: does === 'again' }
    await runCommand(runner, actor, changeContact, { contact: told.contact.id, set }, { address })
  }
}
