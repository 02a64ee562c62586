import { applyConfiguration } from '../../commands/apply-configuration.ts'
import { exportConfiguration } from '../../commands/export-configuration.ts'
import { answer, read } from '../answer.ts'
import type { App } from '../app.ts'
import { callerOfRequest } from '../caller.ts'
import type { ApiDeps } from '../deps.ts'
import { Applied, Apply, Exported } from './schema.ts'

const tags = ['configuration']

export const configurationRoutes = (app: App, deps: ApiDeps): void => {
  const command = applyConfiguration({ kinds: deps.kinds, master: deps.master })
  app.get(
    '/api/v1/configuration',
    {
      config: { access: 'configuration.read' },
      schema: {
        tags,
        summary: 'Everything that is configured, as a file; secrets are named, not shown',
        response: { 200: Exported },
      },
    },
    async () => ({ yaml: await read(deps, (tx) => exportConfiguration(tx, deps.kinds.factsOf)) }),
  )
  app.post(
    '/api/v1/configuration',
    {
      config: { access: 'configuration.write' },
      // the file may be 1 MiB, and JSON writes it with escapes
      bodyLimit: 3 * 1024 * 1024,
      schema: {
        tags,
        summary: 'Make what is stored what a file says, or only say what would change',
        body: Apply,
        response: { 200: Applied },
      },
    },
    async (request, reply) => {
      const { yaml, secrets = {}, dryRun = false, prune = false } = request.body
      return answer(deps, request, reply, {
        command,
        input: { yaml, secrets, dryRun, prune, by: callerOfRequest(request).roles },
        present: async (_tx, applied) => applied,
      })
    },
  )
}
