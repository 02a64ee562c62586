import { Type } from 'typebox'
import { unknown } from '../../commands/outcome.ts'
import { resetSecondFactor, type Told } from '../../commands/reset-second-factor.ts'
import type { Command } from '../../commands/run-command.ts'
import { findContact, findPerson } from '../../store/organisation.ts'
import { sealForCustomer, sealForStaff } from '../../store/outgoing-mail.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { factorOffForCustomer, factorOffLetter } from '../letters.ts'
import { ByRef } from '../record-shapes.ts'
import { ResetSecondFactorBody } from './schema.ts'

const NOUNS = [
  { path: 'people', noun: 'person' },
  { path: 'contacts', noun: 'contact' },
] as const

const WasTold = Type.Object({ told: Type.Boolean({ description: 'A mail to them is on its way.' }) })

/** Turning off the second factor of somebody else, who lost theirs. */
export const resetRoutes = (app: App, deps: ApiDeps): void => {
  for (const { path, noun } of NOUNS)
    app.post(
      `/api/v1/${path}/:ref/second-factor/off`,
      {
        config: { access: 'tokens.manage' },
        schema: {
          tags: ['sign-in'],
          summary: `Turn off the second factor of a ${noun} who lost it; they are signed out and told`,
          params: ByRef,
          body: ResetSecondFactorBody,
          response: { 200: WasTold },
        },
      },
      async (request, reply) =>
        answer(deps, request, reply, {
          command: resetOf(deps, noun, callerOfRequest(request)),
          input: { ref: request.params.ref, reason: request.body.reason },
          present: async (_tx, value) => value,
        }),
    )
}

const resetOf =
  (
    deps: ApiDeps,
    noun: (typeof NOUNS)[number]['noun'],
    caller: Caller,
  ): Command<{ readonly ref: string; readonly reason: string }, { readonly told: boolean }> =>
  async (tx, context, { ref, reason }) => {
    const found = noun === 'person' ? await findPerson(tx, ref) : await findContact(tx, ref)
    if (found === null) return unknown(noun, ref, '/ref')
    return resetSecondFactor(tx, context, {
      ...(noun === 'person' ? tellColleague(deps, found.id, caller, reason) : tellCustomer(deps, found.id)),
      reason,
      by: { roles: caller.roles, accountId: caller.accountId },
    })
  }

const tellColleague = ({ config, master }: ApiDeps, personId: string, by: Caller, reason: string): Told => ({
  reader: 'staff',
  holder: { personId },
  seal:
    config.smtp === null
      ? null
      : (mailId, { name }) => sealForStaff(master, mailId, factorOffLetter(name, by.actor.name, reason)),
})

const tellCustomer = ({ config, master }: ApiDeps, contactId: string): Told => ({
  reader: 'customer',
  holder: { contactId },
  seal:
    config.smtp === null
      ? null
      : (mailId, { name }) => sealForCustomer(master, mailId, factorOffForCustomer(name)),
})
