import { Type } from 'typebox'
import { signIn } from '../../commands/sign-in.ts'
import { answer } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { closed, Instant, line, Roles } from '../shapes.ts'
import { refuseTooMany } from './attempts.ts'

const SignIn = closed({ oneTimeToken: line(200, 'As printed at the first start, or made by an admin.') })
const SignedIn = Type.Object({
  token: Type.String({ description: 'Send it as `Authorization: Bearer …`. Shown now and never again.' }),
  roles: Roles,
  expiresAt: Instant,
})
export const signInRoutes = (app: App, deps: ApiDeps): void => {
  const tooMany = refuseTooMany(deps.runner.now)
  app.post(
    '/api/v1/sign-in',
    {
      config: { access: 'public', evenWhenFull: true },
      schema: {
        tags: ['sign-in'],
        summary: 'Exchange a one-time token for one that lasts',
        security: [],
        body: SignIn,
        response: { 200: SignedIn },
      },
    },
    async (request, reply) => {
      const refused = tooMany(request, reply)
      if (refused !== null) return refused
      return answer(deps, request, reply, {
        command: signIn,
        input: request.body,
        present: async (_tx, signedIn) => ({ ...signedIn, expiresAt: signedIn.expiresAt.toISOString() }),
      })
    },
  )
}
