import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOfPartner } from '../commands/shared-items.ts'
import type { Actor } from '../domain/actor.ts'
import type { Party, StaffParty } from '../domain/audience.ts'
import { partyOf } from '../domain/party.ts'
import { DEFAULT_SETTINGS, type Language, type Settings } from '../domain/settings.ts'
import type { Partner } from '../domain/sharing.ts'
import { isForCustomers, type Role } from '../domain/words.ts'
import type { Database } from '../store/database.ts'
import { findPartnerByToken } from '../store/partners.ts'
import type { CustomerReach } from '../store/tickets-of-customer.ts'
import { findTokenHolder, type TokenHolder, type TokenKind } from '../store/tokens.ts'
import { allows, type RuleName, ruleOf } from './access.ts'
import { type Problem, problem, sendProblem } from './errors.ts'
import type { SessionCookie } from './session/cookie.ts'

/** Who is at the other end, as far as commands and presenters need to know. */
export interface Caller {
  readonly tokenId: string
  readonly roles: readonly Role[]
  readonly actor: Actor
  /** Whose words the caller may read; null: nobody's (an integrator looks after the pipes, not at what flows). */
  readonly party: Party | null
  readonly customerId: string | null
  /** Which tickets exist for this caller; null: all, they are a colleague. */
  readonly reach: CustomerReach | null
  readonly personId: string | null
  readonly contactId: string | null
  /** Of a session; null: a token. */
  readonly accountId: string | null
  /** They came with a password only, and the organisation asks for more: nothing is open before that is set up. */
  readonly mustAddFactor: boolean
  /** As they chose it; null: they did not. */
  readonly language: Language | null
  readonly settings: Settings
}

/** By the organisation; of a plain customer only their own tickets. */
const reachOf = (holder: TokenHolder): CustomerReach | null =>
  isForCustomers(holder.roles)
    ? {
        customerId: holder.customer_id,
        contactId: holder.roles.includes('customer admin') ? null : holder.contact_id,
      }
    : null

const actorOf = (holder: TokenHolder): Actor => {
  if (holder.person_id !== null && holder.person_name !== null)
    return { kind: 'person', id: holder.person_id, name: holder.person_name }
  if (holder.contact_id !== null && holder.contact_name !== null)
    return { kind: 'contact', id: holder.contact_id, name: holder.contact_name }
  return { kind: 'token', id: holder.id, name: holder.name }
}

const callerOf = (holder: TokenHolder): Caller => ({
  tokenId: holder.id,
  roles: holder.roles,
  actor: actorOf(holder),
  party: partyOf(holder.roles),
  customerId: holder.customer_id,
  reach: reachOf(holder),
  personId: holder.person_id,
  contactId: holder.contact_id,
  accountId: holder.account_id,
  mustAddFactor:
    holder.lacks_second_factor && holder.roles.some((role) => holder.settings.secondFactorFor.includes(role)),
  language: holder.language,
  settings: holder.settings,
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

const READS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A page of another site can make a browser send our cookie along, but cannot set a header without asking first, which
 * we never allow; `Sec-Fetch-Site` says the same in the browser's own words.
 */
const isFromAnotherSite = (request: FastifyRequest): boolean => {
  if (READS.has(request.method)) return false
  const site = request.headers['sec-fetch-site']
  return (
    request.headers['x-causeway-csrf'] !== '1' ||
    (site !== undefined && site !== 'same-origin' && site !== 'none')
  )
}

const crossSite = problem(
  'not-allowed',
  'A browser’s session changes things from our own pages only: send the header `x-causeway-csrf: 1`.',
)

const factorRequired = problem(
  'second-factor-required',
  'Your organisation asks for a second factor. Set it up in your profile; then go on.',
)
/** Who one is, and what it takes to set the second factor up. */
const OPEN_BEFORE_FACTOR: ReadonlySet<RuleName> = new Set(['self.read', 'self.write'])

export const callerFor = async (
  db: Database,
  token: string,
  kind: TokenKind,
  now: Date,
): Promise<Caller | null> => {
  const holder = await findTokenHolder(db, token, kind, now)
  return holder === null ? null : callerOf(holder)
}

/** The one door: every route passes here first, before its body is read. Open routes pass without a detour. */
export const guard = (db: Database, now: () => Date, cookie: SessionCookie) => {
  const identify = identifyCaller(db, now, cookie)
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
  (db: Database, now: () => Date, cookie: SessionCookie) =>
  async (request: FastifyRequest, name: RuleName): Promise<Problem | null> => {
    const token = bearer(request)
    if (ruleOf(name).allows === 'partners') return identifyPartner(request, db, token, now())
    const session = token === null ? cookie.read(request.headers.cookie) : null
    if (token === null && session === null && ruleOf(name).loopback === true && isOnThisMachine(request))
      return null
    const caller = await callerFor(db, token ?? session ?? '', token === null ? 'session' : 'api', now())
    if (caller === null)
      return problem('unauthenticated', 'Sign in, or send a valid token as `Authorization: Bearer …`.')
    if (caller.accountId !== null && isFromAnotherSite(request)) return crossSite
    if (caller.mustAddFactor && !OPEN_BEFORE_FACTOR.has(name)) return factorRequired
    if (!allows(name, caller.roles))
      return problem('not-allowed', `The role ${caller.roles.join(', ')} may not do this (${name}).`)
    request.caller = caller
    return null
  }

const identifyPartner = async (
  request: FastifyRequest,
  db: Database,
  token: string | null,
  now: Date,
): Promise<Problem | null> => {
  const row = token === null ? null : await findPartnerByToken(db, token, now)
  if (row === null)
    return problem(
      'unauthenticated',
      'Send the token that you were given as a partner: `Authorization: Bearer …`.',
    )
  if (row.ended_at !== null)
    return problem(
      'sharing-ended',
      `The sharing ended on ${row.ended_at.toISOString().slice(0, 10)}. Nothing of it can be read or written any more.`,
    )
  const partner: Partner = { id: row.id, name: row.name, policy: row.policy }
  request.partner = partner
  request.caller = {
    ...{ tokenId: partner.id, roles: [], actor: actorOfPartner(partner), party: null, customerId: null },
    ...{
      reach: null,
      personId: null,
      contactId: null,
      accountId: null,
      mustAddFactor: false,
      language: null,
    },
    settings: DEFAULT_SETTINGS,
  }
  return null
}

/** Of a route for partners. */
export const partnerOfRequest = (request: FastifyRequest): Partner => {
  if (request.partner === null) throw new Error('a route for partners was opened to somebody else')
  return request.partner
}

/** The caller of a route that needs a token. */
export const callerOfRequest = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new Error('a route without a token asked for its caller')
  return request.caller
}

/** Of the caller of a route for staff: whose words they read. */
export const staffPartyOf = (request: FastifyRequest): StaffParty => {
  const { party } = callerOfRequest(request)
  if (party === null || party === 'customer') throw new Error('a route for staff was opened to somebody else')
  return party
}
