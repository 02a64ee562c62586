import { decideChangeRules } from '../../commands/decide-change-rules.ts'
import type { ChangeRules as Rules } from '../../domain/change-rules.ts'
import { readChangeRules } from '../../store/change-rules.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { ChangeRules } from './schema.ts'

const tags = ['changes']

/** Who holds which key of a change, who is asked when, and what is owed by when. */
export const changeRuleRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/change-rules',
    {
      config: { access: 'changes.read' },
      schema: { tags, summary: 'The rules of changes', response: { 200: ChangeRules } },
    },
    async (_request, reply) => reply.send(asJson(await read(deps, readChangeRules))),
  )
  app.put(
    '/api/v1/change-rules',
    {
      config: { access: 'changes.rules' },
      schema: {
        tags,
        summary: 'Decide them; what was asked already stays asked',
        body: ChangeRules,
        response: { 200: ChangeRules },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: decideChangeRules,
        input: { rules: request.body satisfies Rules },
        present: async (_tx, rules) => asJson(rules),
      }),
  )
}
