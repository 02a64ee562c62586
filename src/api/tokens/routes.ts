import { type CreatedToken as CreatedTokenValue, createToken, DAY_MS } from '../../commands/create-token.ts'
import { revokeToken } from '../../commands/revoke-token.ts'
import { listTokens } from '../../store/tokens.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { tokenBy } from '../organisation/granted.ts'
import { pageRequest, sendPage } from '../page.ts'
import { ById, NoContent, PageQuery, pageOf } from '../shapes.ts'
import { isoOrNull } from '../times.ts'
import { presentToken } from './present.ts'
import { CreatedToken, NewToken, Token } from './schema.ts'

const YEAR_DAYS = 365

export const tokenRoutes = (app: App, deps: ApiDeps): void => {
  app.post(
    '/api/v1/tokens',
    {
      config: { access: 'tokens.manage' },
      schema: {
        tags: ['tokens'],
        summary: 'Make a token, for a person, a contact or a program',
        body: NewToken,
        response: { 201: CreatedToken },
      },
    },
    async (request, reply) => {
      const { validForDays, ...body } = request.body
      const days = validForDays ?? (body.oneTime ? 1 : YEAR_DAYS)
      return answer(deps, request, reply, {
        command: tokenBy<CreatedTokenValue>(callerOfRequest(request), createToken),
        input: { ...body, validForMs: days * DAY_MS },
        present: async (_tx, made) => ({ ...made, expiresAt: isoOrNull(made.expiresAt) }),
        status: 201,
      })
    },
  )
  app.get(
    '/api/v1/tokens',
    {
      config: { access: 'tokens.manage' },
      schema: {
        tags: ['tokens'],
        summary: 'Tokens, newest first',
        querystring: PageQuery,
        response: { 200: pageOf(Token) },
      },
    },
    async (request, reply) =>
      sendPage(reply, await read(deps, (tx) => listTokens(tx, pageRequest(request.query))), presentToken),
  )
  app.delete(
    '/api/v1/tokens/:id',
    {
      config: { access: 'tokens.manage' },
      schema: {
        tags: ['tokens'],
        summary: 'End a token at once',
        params: ById,
        response: { 204: NoContent },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: revokeToken,
        input: { id: request.params.id },
        present: async () => null,
        status: 204,
      }),
  )
}
