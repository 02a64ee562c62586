import { Type } from 'typebox'
import { unknown } from '../../commands/outcome.ts'
import { type ResetSecondFactor, resetSecondFactor } from '../../commands/reset-second-factor.ts'
import type { Command } from '../../commands/run-command.ts'
import { findContact, findPerson } from '../../store/organisation.ts'
import { placeOfMail } from '../../store/outgoing-mail.ts'
import { sealSecret } from '../../store/secrets.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import { type Caller, callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { ByRef } from '../record-shapes.ts'
import { ResetSecondFactorBody } from './schema.ts'

const NOUNS = [
  { path: 'people', noun: 'person' },
  { path: 'contacts', noun: 'contact' },
] as const

const Told = Type.Object({ told: Type.Boolean({ description: 'A mail to them is on its way.' }) })

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
          response: { 200: Told },
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
    const seal: ResetSecondFactor['seal'] =
      deps.config.smtp === null
        ? null
        : (mailId, { name }) =>
            sealSecret(deps.master, placeOfMail(mailId), letter(name, caller.actor.name, reason))
    return resetSecondFactor(tx, context, {
      holder: noun === 'person' ? { personId: found.id } : { contactId: found.id },
      reason,
      by: { roles: caller.roles, accountId: caller.accountId },
      seal,
    })
  }

const letter = (name: string, by: string, reason: string): string =>
  `Hello ${name},

${by} turned your second factor off, and signed you out everywhere. The reason they gave:

${reason}

If you did not ask for this, speak to them, and change your password. You can set a new second factor up in your
profile.
`
