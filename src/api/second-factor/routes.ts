import type { FastifyReply, FastifyRequest } from 'fastify'
import { beginSecondFactor } from '../../commands/begin-second-factor.ts'
import { confirmSecondFactor } from '../../commands/confirm-second-factor.ts'
import { endSecondFactor } from '../../commands/end-second-factor.ts'
import { type AccountHolder, accountById, countRecoveryCodes } from '../../store/accounts.ts'
import { sealSecret } from '../../store/secrets.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { provePassword } from '../session/prove.ts'
import { NoContent } from '../shapes.ts'
import { refuseTooMany } from '../sign-in/attempts.ts'
import { hashRecoveryCode, newRecoveryCodes, newTotp, stepOfCode } from './codes.ts'
import { openTotp, placeOfTotp } from './prove.ts'
import {
  BegunSecondFactor,
  ConfirmedSecondFactor,
  ConfirmSecondFactor,
  PasswordProof,
  SecondFactorState,
} from './schema.ts'

const noAccount = problem('wrong-state', 'A token has no second factor; people with a password have.', {
  reason: { code: 'no-account' },
})

/** The second factor of whoever is signed in. */
export const secondFactorRoutes = (app: App, deps: ApiDeps): void => {
  const accountOf = async (request: FastifyRequest): Promise<AccountHolder | null> => {
    const { accountId } = callerOfRequest(request)
    return accountId === null ? null : accountById(deps.runner.db, accountId)
  }
  const tooMany = refuseTooMany(deps.runner.now)
  const refuseNobody = (reply: FastifyReply): FastifyReply => sendProblem(reply, noAccount)

  app.get(
    '/api/v1/second-factor',
    {
      config: { access: 'self.read' },
      schema: {
        tags: ['sign-in'],
        summary: 'Whether a second factor is on',
        response: { 200: SecondFactorState },
      },
    },
    async (request, reply) => {
      const account = await accountOf(request)
      if (account === null) return refuseNobody(reply)
      return {
        on: account.totpAt !== null,
        recoveryCodesLeft: await countRecoveryCodes(deps.runner.db, account.id),
      }
    },
  )
  app.post(
    '/api/v1/second-factor',
    {
      config: { access: 'self.write', holdsPassword: true },
      schema: {
        tags: ['sign-in'],
        summary: 'Begin with a second factor; it counts once a code was given',
        body: PasswordProof,
        response: { 200: BegunSecondFactor },
      },
    },
    async (request, reply) => {
      const account = await accountOf(request)
      if (account === null) return refuseNobody(reply)
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const proved = await provePassword(deps, account, request.body.password, request.ip)
      if (!proved.ok) return sendProblem(reply, wrongPassword)
      const begun = newTotp(account.email)
      return answer(deps, request, reply, {
        command: beginSecondFactor,
        input: {
          accountId: account.id,
          sealed: sealSecret(deps.master, placeOfTotp(account.id), begun.secret),
        },
        present: async () => begun,
      })
    },
  )
  app.put(
    '/api/v1/second-factor',
    {
      config: { access: 'self.write' },
      schema: {
        tags: ['sign-in'],
        summary: 'Confirm it with a code',
        body: ConfirmSecondFactor,
        response: { 200: ConfirmedSecondFactor },
      },
    },
    async (request, reply) => {
      const account = await accountOf(request)
      if (account === null) return refuseNobody(reply)
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const secret = openTotp(deps, account)
      const code = request.body.code.replace(/\s/g, '')
      const step = secret === null ? null : stepOfCode(secret, code, deps.runner.now())
      if (step === null)
        return sendProblem(
          reply,
          problem('invalid', 'This is not the code that the app shows now. Is the phone’s clock right?', {
            field: '/code',
            reason: { code: 'wrong-code' },
          }),
        )
      const recoveryCodes = newRecoveryCodes()
      return answer(deps, request, reply, {
        command: confirmSecondFactor,
        input: {
          accountId: account.id,
          step,
          recoveryHashes: recoveryCodes.map((one) => hashRecoveryCode(one) ?? ''),
        },
        present: async () => ({ recoveryCodes }),
      })
    },
  )
  app.post(
    '/api/v1/second-factor/off',
    {
      config: { access: 'self.write', holdsPassword: true },
      schema: {
        tags: ['sign-in'],
        summary: 'Turn the second factor off',
        body: PasswordProof,
        response: { 204: NoContent },
      },
    },
    async (request, reply) => {
      const account = await accountOf(request)
      if (account === null) return refuseNobody(reply)
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      const proved = await provePassword(deps, account, request.body.password, request.ip)
      if (!proved.ok) return sendProblem(reply, wrongPassword)
      return answer(deps, request, reply, {
        command: endSecondFactor,
        input: { accountId: account.id },
        present: async () => null,
        status: 204,
      })
    },
  )
}

const wrongPassword = problem('invalid', 'This is not your password.', {
  field: '/password',
  reason: { code: 'wrong-password' },
})
