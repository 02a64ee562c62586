import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { changePassword } from '../../commands/change-password.ts'
import { changeSelf } from '../../commands/change-self.ts'
import { closeSession } from '../../commands/close-session.ts'
import { type OpenedSession, openSession, type SecondFactorProof } from '../../commands/open-session.ts'
import { runCommand } from '../../commands/run-command.ts'
import { setUpAccount } from '../../commands/set-up-account.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { hashPassword, type PasswordFault, passwordFault } from '../../lib/password.ts'
import { ok } from '../../lib/result.ts'
import {
  type AccountHolder,
  accountById,
  accountOfOneTimeToken,
  findAccount,
  hasAccounts,
} from '../../store/accounts.ts'
import { listSessions } from '../../store/tokens.ts'
import { allows, RULES, type RuleName } from '../access.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerFor, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { proveSecondFactor, refuseSpent } from '../second-factor/prove.ts'
import { ById, NoContent } from '../shapes.ts'
import { refuseTooMany } from '../sign-in/attempts.ts'
import { iso, isoOrNull } from '../times.ts'
import type { SessionCookie } from './cookie.ts'
import { provePassword } from './prove.ts'
import { NewPassword, Self, SelfChange, Sessions, SetUp, SetupNeeded, SignInByPassword } from './schema.ts'

/** Signing in with a browser: sets the session's cookie; what a program does is `sign-in` and a bearer token. */
export const sessionRoutes = (app: App, deps: ApiDeps, cookie: SessionCookie): void => {
  const tooMany = refuseTooMany(deps.runner.now)

  /** A new session for this browser, and who it is. */
  const welcome = async (
    request: FastifyRequest,
    reply: FastifyReply,
    accountId: string,
    how: 'password' | 'set-up',
    secondFactor: SecondFactorProof | null = null,
  ): Promise<FastifyReply> => {
    const opened = await runCommand(deps.runner, SYSTEM, openSession, {
      accountId,
      agent: request.headers['user-agent'] ?? null,
      address: request.ip,
      how,
      secondFactor,
    })
    if (!opened.ok)
      return sendProblem(
        reply,
        secondFactor === null ? opened.error : await refuseSpent(deps, accountId, request.ip),
      )
    reply.header('set-cookie', setCookie(opened.value))
    return reply.send(await selfOf(opened.value.token))
  }
  const setCookie = ({ token, expiresAt }: OpenedSession): string =>
    cookie.set(token, expiresAt, deps.runner.now())
  const selfOf = async (token: string): Promise<Static<typeof Self>> => {
    const caller = await callerFor(deps.runner.db, token, 'session', deps.runner.now())
    if (caller === null) throw new Error('a session that was just opened is unknown')
    return presentSelf(caller, await accountOfCaller(caller), deps)
  }
  const accountOfCaller = async ({ accountId }: Caller): Promise<AccountHolder | null> =>
    accountId === null ? null : accountById(deps.runner.db, accountId)

  app.get(
    '/api/v1/setup',
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Whether somebody must set the product up first',
        security: [],
        response: { 200: SetupNeeded },
      },
    },
    async () => ({
      needed: !(await hasAccounts(deps.runner.db)),
      mail: deps.config.smtp !== null,
      provider: deps.identityProvider?.name ?? null,
    }),
  )
  app.post(
    '/api/v1/setup',
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Choose a password with a one-time token, and be signed in',
        security: [],
        body: SetUp,
        response: { 200: Self },
      },
    },
    async (request, reply) => {
      const { password, oneTimeToken, name = null, email = null } = request.body
      const fault = passwordFault(password, [name ?? '', email?.split('@')[0] ?? '', 'causeway'])
      if (fault !== null) return sendProblem(reply, weakPassword(fault))
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const known = await accountOfOneTimeToken(deps.runner.db, oneTimeToken, deps.runner.now())
      const second =
        known === null ? ok(null) : await proveSecondFactor(deps, known, request.body.code, request.ip)
      if (!second.ok) return sendProblem(reply, second.error)
      const made = await runCommand(deps.runner, SYSTEM, setUpAccount, {
        oneTimeToken,
        name,
        email,
        password: await hashPassword(password),
      })
      return made.ok
        ? welcome(request, reply, made.value.accountId, 'set-up', second.value)
        : sendProblem(reply, made.error)
    },
  )
  app.post(
    '/api/v1/session',
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Sign in with e-mail and password; the answer sets a cookie',
        security: [],
        body: SignInByPassword,
        response: { 200: Self },
      },
    },
    async (request, reply) => {
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const account = await findAccount(deps.runner.db, request.body.email)
      const proved = await provePassword(deps, account, request.body.password, request.ip)
      if (!proved.ok) return sendProblem(reply, proved.error)
      const second = await proveSecondFactor(deps, proved.value, request.body.code, request.ip)
      return second.ok
        ? welcome(request, reply, proved.value.id, 'password', second.value)
        : sendProblem(reply, second.error)
    },
  )
  app.delete(
    '/api/v1/session',
    {
      config: { access: 'self.write', evenWhenFull: true },
      schema: { tags: ['sign-in'], summary: 'Sign out here', response: { 204: NoContent } },
    },
    async (request, reply) => {
      const { tokenId, accountId } = callerOfRequest(request)
      reply.header('set-cookie', cookie.clear())
      if (accountId === null)
        return sendProblem(
          reply,
          problem('wrong-state', 'This is a token, not a session: it is ended among the tokens.'),
        )
      return answer(deps, request, reply, {
        command: closeSession,
        input: { accountId, session: tokenId },
        present: async () => null,
        status: 204,
      })
    },
  )
  app.get(
    '/api/v1/self',
    {
      config: { access: 'self.read' },
      schema: { tags: ['sign-in'], summary: 'Who is asking, and what they may do', response: { 200: Self } },
    },
    async (request) => {
      const caller = callerOfRequest(request)
      return presentSelf(caller, await accountOfCaller(caller), deps)
    },
  )
  app.patch(
    '/api/v1/self',
    {
      config: { access: 'self.write' },
      schema: {
        tags: ['sign-in'],
        summary: 'Choose one’s time zone and language, and whether one is told of releases',
        body: SelfChange,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { accountId, contactId } = callerOfRequest(request)
      if (accountId === null) return sendProblem(reply, noAccount)
      return answer(deps, request, reply, {
        command: changeSelf,
        input: { accountId, contactId, ...request.body },
        present: async () => null,
        status: 204,
      })
    },
  )
  app.get(
    '/api/v1/sessions',
    {
      config: { access: 'self.read' },
      schema: { tags: ['sign-in'], summary: 'Where one is signed in', response: { 200: Sessions } },
    },
    async (request) => {
      const { accountId, tokenId } = callerOfRequest(request)
      const rows =
        accountId === null ? [] : await read(deps, (tx) => listSessions(tx, accountId, deps.runner.now()))
      return {
        items: rows.map((row) => ({
          id: row.id,
          current: row.id === tokenId,
          agent: row.agent,
          address: row.address,
          createdAt: iso(row.created_at),
          expiresAt: isoOrNull(row.expires_at),
          lastUsedAt: isoOrNull(row.last_used_at),
        })),
      }
    },
  )
  app.delete(
    '/api/v1/sessions/:id',
    {
      config: { access: 'self.write', evenWhenFull: true },
      schema: {
        tags: ['sign-in'],
        summary: 'Sign out somewhere else',
        params: ById,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const { accountId } = callerOfRequest(request)
      if (accountId === null) return sendProblem(reply, noAccount)
      return answer(deps, request, reply, {
        command: closeSession,
        input: { accountId, session: request.params.id },
        present: async () => null,
        status: 204,
      })
    },
  )
  app.put(
    '/api/v1/password',
    {
      config: { access: 'self.write', holdsPassword: true },
      schema: {
        tags: ['sign-in'],
        summary: 'Change one’s password; sessions elsewhere end',
        body: NewPassword,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const { accountId, tokenId } = callerOfRequest(request)
      const account = accountId === null ? null : await accountById(deps.runner.db, accountId)
      if (account === null) return sendProblem(reply, noAccount)
      const { current, password } = request.body
      const fault = passwordFault(password, [account.name, account.email.split('@')[0] ?? '', 'causeway'])
      if (fault !== null) return sendProblem(reply, weakPassword(fault))
      const proved = await provePassword(deps, account, current, request.ip)
      if (!proved.ok)
        return sendProblem(
          reply,
          problem('invalid', 'This is not your password so far.', {
            field: '/current',
            reason: { code: 'wrong-password' },
          }),
        )
      return answer(deps, request, reply, {
        command: changePassword,
        input: { accountId: account.id, password: await hashPassword(password), session: tokenId },
        present: async () => null,
        status: 204,
      })
    },
  )
}

const noAccount = problem('wrong-state', 'A token has neither sessions nor a password.', {
  reason: { code: 'no-account' },
})

const weakPassword = ({ code, detail }: PasswordFault) =>
  problem('invalid', detail, { field: '/password', reason: { code } })

const presentSelf = (
  caller: Caller,
  account: AccountHolder | null,
  { config }: Pick<ApiDeps, 'config'>,
): Static<typeof Self> => {
  const { roles, actor, personId, contactId, customerId, settings } = caller
  return {
    roles: [...roles],
    name: actor.name,
    email: account?.email ?? null,
    timeZone: account?.timeZone ?? null,
    language: account?.language ?? null,
    takesNotices: account?.takesNotices ?? null,
    defaults: {
      organisation: settings.name,
      timeZone: settings.timeZone,
      language: settings.language,
    },
    mustAddFactor: caller.mustAddFactor,
    personId,
    contactId,
    customerId,
    uploadMaxBytes: config.uploadMaxBytes,
    may: (Object.keys(RULES) as RuleName[]).filter((rule) => allows(rule, roles)),
  }
}
