import { Type } from 'typebox'
import { forgetPassword } from '../../commands/forget-password.ts'
import { runCommand } from '../../commands/run-command.ts'
import { SYSTEM } from '../../domain/actor.ts'
import { sealForCustomer } from '../../store/outgoing-mail.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { problem, sendProblem } from '../errors.ts'
import { forgottenLetter } from '../letters.ts'
import { refuseTooMany } from '../sign-in/attempts.ts'
import { Forgotten } from './schema.ts'

const Asked = Type.Object({
  asked: Type.Literal(true, { description: 'Said whether there is such an address or not.' }),
})

export const forgottenRoutes = (app: App, deps: ApiDeps): void => {
  const tooMany = refuseTooMany(deps.runner.now)
  app.post(
    '/api/v1/password/forgotten',
    {
      config: { access: 'public' },
      schema: {
        tags: ['sign-in'],
        summary: 'Ask for a mail with which a new password can be chosen',
        security: [],
        body: Forgotten,
        response: { 202: Asked },
      },
    },
    async (request, reply) => {
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      if (deps.config.smtp === null)
        return sendProblem(
          reply,
          problem('wrong-state', 'No mails are sent here. Ask an admin for a one-time token.', {
            reason: { code: 'no-mail' },
          }),
        )
      const base = deps.config.publicUrl ?? `http://${request.headers.host ?? ''}`
      const asked = await runCommand(deps.runner, SYSTEM, forgetPassword, {
        email: request.body.email,
        seal: (mailId, { name, token }) =>
          sealForCustomer(deps.master, mailId, forgottenLetter(name, `${base}/welcome#token=${token}`)),
      })
      return asked.ok ? reply.code(202).send({ asked: true }) : sendProblem(reply, asked.error)
    },
  )
}
