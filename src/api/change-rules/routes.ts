import { decideChangeRules, idsIn } from '../../commands/decide-change-rules.ts'
import type { ChangeRules as Rules } from '../../domain/change-rules.ts'
import { namesIn, readChangeRules } from '../../store/change-rules.ts'
import type { Tx } from '../../store/database.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import type { ApiDeps } from '../deps.ts'
import { asJson } from '../json.ts'
import { ChangeRules, ShownRules } from './schema.ts'

const tags = ['changes']

const presentRules = async (tx: Tx, rules: Rules) =>
  asJson({ ...rules, names: await namesIn(tx, idsIn(rules)) })

/** Who holds which key of a change, who is asked when, and what is owed by when. */
export const changeRuleRoutes = (app: App, deps: ApiDeps): void => {
  app.get(
    '/api/v1/change-rules',
    {
      config: { access: 'changes.read' },
      schema: { tags, summary: 'The rules of changes', response: { 200: ShownRules } },
    },
    async (_request, reply) =>
      reply.send(await read(deps, async (tx) => presentRules(tx, await readChangeRules(tx)))),
  )
  app.put(
    '/api/v1/change-rules',
    {
      config: { access: 'changes.rules' },
      schema: {
        tags,
        summary: 'Decide them; what was asked already stays asked',
        body: ChangeRules,
        response: { 200: ShownRules },
      },
    },
    async (request, reply) =>
      answer(deps, request, reply, {
        command: decideChangeRules,
        input: { rules: request.body satisfies Rules },
        present: presentRules,
      }),
  )
}
