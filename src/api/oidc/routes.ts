import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { runCommand } from '../../commands/run-command.ts'
import { signInByIdentity } from '../../commands/sign-in-by-identity.ts'
import { SYSTEM } from '../../domain/actor.ts'
import type { App } from '../app.ts'
import { callerFor } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { readCookie, type SessionCookie } from '../session/cookie.ts'
import { closed } from '../shapes.ts'
import { countAttempts } from '../sign-in/attempts.ts'
import { ATTEMPT_S, localPath, openAttempt, sealAttempt } from './attempt.ts'

const BEGIN = '/api/v1/sign-in/provider'
const BACK = `${BEGIN}/back`
const COOKIE = 'causeway-attempt'
/** A whole office may come from one address, two steps each. */
const MOST_STEPS = 60
const tooMany = (waitS: number): string => `Too many tries from here. Try again in ${waitS} seconds.`

/**
 * Single sign-on, as a browser walks it: to the provider and back. Both are addresses that are opened, so what goes
 * wrong is told on the sign-in page, in `refused`.
 */
export const providerRoutes = (app: App, deps: ApiDeps, cookie: SessionCookie): void => {
  const baseOf = (request: FastifyRequest): string =>
    deps.config.publicUrl ?? `http://${request.headers.host ?? ''}`
  const attributes = `Path=${BEGIN}; HttpOnly; SameSite=Lax${cookie.isSecure ? '; Secure' : ''}`
  const forget = `${COOKIE}=; Max-Age=0; ${attributes}`
  const refuse = (reply: FastifyReply, why: string): FastifyReply =>
    reply.redirect(`/sign-in?refused=${encodeURIComponent(why)}`)

  const attempts = countAttempts(deps.runner.now, MOST_STEPS)
  /** Each way there and back costs the provider questions, and us. A person reads it on the page, a program in the answer. */
  const refuseTooMany = (request: FastifyRequest, reply: FastifyReply): FastifyReply | null => {
    const waitS = attempts.count(request.ip)
    if (waitS === 0) return null
    return request.headers.accept?.includes('text/html') === true
      ? refuse(reply, tooMany(waitS))
      : sendProblem(reply, problem('too-many-requests', tooMany(waitS), { retryAfter: waitS }))
  }

  app.get(
    BEGIN,
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Go to the provider of single sign-on',
        security: [],
        querystring: closed({
          to: Type.Optional(Type.String({ maxLength: 2000, description: 'Where to go afterwards: a path.' })),
          link: Type.Optional(
            Type.Boolean({ description: 'Link the identity to whoever is signed in here.' }),
          ),
        }),
        response: { 302: Type.Null() },
      },
    },
    async (request, reply) => {
      const { identityProvider } = deps
      if (identityProvider === null)
        return sendProblem(reply, problem('not-found', 'No single sign-on is set up (CAUSEWAY_OIDC_ISSUER).'))
      const refused = refuseTooMany(request, reply)
      if (refused !== null) return refused
      const linkTo = request.query.link === true ? await signedInHere(request) : null
      if (request.query.link === true && linkTo === null)
        return refuse(reply, 'Sign in first; then the identity can be linked.')
      const begun = await identityProvider.begin(`${baseOf(request)}${BACK}`)
      if (!begun.ok) {
        request.log.warn({ why: begun.error }, 'a sign-in at the provider could not begin')
        return refuse(reply, begun.error)
      }
      const until = deps.runner.now().getTime() + ATTEMPT_S * 1000
      const kept = { ...begun.value.kept, to: localPath(request.query.to), linkTo, until }
      reply.header(
        'set-cookie',
        `${COOKIE}=${sealAttempt(deps.master, kept)}; Max-Age=${ATTEMPT_S}; ${attributes}`,
      )
      return reply.redirect(begun.value.url)
    },
  )

  const signedInHere = async (request: FastifyRequest): Promise<string | null> => {
    const token = cookie.read(request.headers.cookie)
    if (token === null) return null
    return (await callerFor(deps.runner.db, token, 'session', deps.runner.now()))?.accountId ?? null
  }

  app.get(
    BACK,
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Back from the provider',
        security: [],
        // what a provider adds is its own affair
        querystring: Type.Object({}, { additionalProperties: true }),
        response: { 302: Type.Null() },
      },
    },
    async (request, reply) => {
      const now = deps.runner.now()
      const kept = openAttempt(deps.master, readCookie(request.headers.cookie, COOKIE), now)
      reply.header('set-cookie', forget)
      if (deps.identityProvider === null || kept === null)
        return refuse(reply, 'This sign-in did not begin in this browser, or took too long. Try again.')
      if (kept.linkTo !== null && kept.linkTo !== (await signedInHere(request)))
        return refuse(reply, 'Somebody else is signed in by now. Try again.')
      const refused = refuseTooMany(request, reply)
      if (refused !== null) return refused
      const found = await deps.identityProvider.finish(request.url.split('?')[1] ?? '', kept)
      if (!found.ok) {
        request.log.warn({ why: found.error }, 'a sign-in at the provider failed')
        return refuse(reply, found.error)
      }
      const { issuer, subject, email, isEmailChecked } = found.value
      const opened = await runCommand(deps.runner, SYSTEM, signInByIdentity, {
        issuer,
        subject,
        email,
        isEmailChecked,
        linkTo: kept.linkTo,
        agent: request.headers['user-agent'] ?? null,
        address: request.ip,
      })
      if (!opened.ok) return refuse(reply, opened.error.detail)
      reply.header('set-cookie', [forget, cookie.set(opened.value.token, opened.value.expiresAt, now)])
      return reply.redirect(kept.to)
    },
  )
}
