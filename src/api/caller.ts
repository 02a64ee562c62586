import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '../domain/actor.ts'
import type { Party } from '../domain/audience.ts'
import type { Role } from '../domain/words.ts'
import type { Database } from '../store/database.ts'
import { findTokenHolder, type TokenHolder } from '../store/tokens.ts'
import { allowsRole, type RuleName, ruleOf } from './access.ts'
import { type Problem, problem, sendProblem } from './errors.ts'

/** Who is at the other end, as far as commands and presenters need to know. */
export interface Caller {
  readonly tokenId: string
  readonly role: Role
  readonly actor: Actor
  /** Whose words the caller may read; null: nobody's (an integrator looks after the pipes, not at what flows). */
  readonly party: Party | null
  /** Of a customer: the only organisation whose records exist for this caller. */
  readonly customerId: string | null
  readonly personId: string | null
  readonly contactId: string | null
}

const PARTY: Readonly<Record<Role, Party | null>> = {
  admin: 'support',
  agent: 'support',
  engineer: 'engineering',
  integrator: null,
  customer: 'customer',
}

const actorOf = (holder: TokenHolder): Actor => {
  if (holder.person_id !== null && holder.person_name !== null)
    return { kind: 'person', id: holder.person_id, name: holder.person_name }
  if (holder.contact_id !== null && holder.contact_name !== null)
    return { kind: 'contact', id: holder.contact_id, name: holder.contact_name }
  return { kind: 'token', id: holder.id, name: holder.name }
}

const callerOf = (holder: TokenHolder): Caller => ({
  tokenId: holder.id,
  role: holder.role,
  actor: actorOf(holder),
  party: PARTY[holder.role],
  customerId: holder.customer_id,
  personId: holder.person_id,
  contactId: holder.contact_id,
})

const bearer = (request: FastifyRequest): string | null =>
  /^Bearer ([\w-]{1,100})$/i.exec(request.headers.authorization ?? '')?.[1] ?? null

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/
const LOCAL_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i

/**
 * A program on this machine that speaks to us directly. Behind a proxy every caller seems local, and a web page whose
 * name was pointed at 127.0.0.1 really is: the forwarding headers and the host name tell.
 */
const isOnThisMachine = (request: FastifyRequest): boolean =>
  LOOPBACK.test(request.socket.remoteAddress ?? '') &&
  LOCAL_NAME.test(request.headers.host ?? '') &&
  request.headers['x-forwarded-for'] === undefined &&
  request.headers['forwarded'] === undefined

/** The one door: every route passes here first, before its body is read. Open routes pass without a detour. */
export const guard = (db: Database, now: () => Date) => {
  const identify = identifyCaller(db, now)
  return (request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void => {
    const name = request.routeOptions.config.access
    // without a name there is nothing at this address: the answer for that needs no token
    if (name === undefined || ruleOf(name).allows === 'anyone') {
      done()
      return
    }
    identify(request, name).then((refused) => {
      if (refused === null) done()
      else sendProblem(reply, refused)
    }, done)
  }
}

const identifyCaller =
  (db: Database, now: () => Date) =>
  async (request: FastifyRequest, name: RuleName): Promise<Problem | null> => {
    const token = bearer(request)
    if (token === null && ruleOf(name).loopback === true && isOnThisMachine(request)) return null
    const holder = token === null ? null : await findTokenHolder(db, token, now())
    if (holder === null)
      return problem(
        'unauthenticated',
        'Send a valid token as `Authorization: Bearer …`; sign in to get one.',
      )
    if (!allowsRole(name, holder.role))
      return problem('not-allowed', `The role ${holder.role} may not do this (${name}).`)
    request.caller = callerOf(holder)
    return null
  }

/** The caller of a route that needs a token. */
export const callerOfRequest = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new Error('a route without a token asked for its caller')
  return request.caller
}

/** Of the caller of a route for staff: whose words they read. */
export const staffPartyOf = (request: FastifyRequest): Exclude<Party, 'customer'> => {
  const { party } = callerOfRequest(request)
  if (party === null || party === 'customer') throw new Error('a route for staff was opened to somebody else')
  return party
}
