import { readFileSync } from 'node:fs'
import { describe } from 'vitest'
import { sessionCases } from '../../src/connectors/redmine/session-cases.ts'
import type { RedmineSubject, Who } from '../../src/connectors/redmine/session-deeds.ts'

/**
 * The connector against a real Redmine, started by `real/redmine.sh up PORT DIR`. Run with
 * `CAUSEWAY_LIVE_REDMINE=DIR/state.json npx vitest run --root . --config test/servers/live.config.ts redmine`.
 */

interface Account {
  readonly id: number
  readonly apiKey: string
}
type State = Readonly<Record<Who, Account>> & {
  readonly base: string
  readonly port: number
  readonly customFields: Readonly<Record<string, { readonly id: number }>>
}

const statePath = process.env['CAUSEWAY_LIVE_REDMINE']

const open = async (): Promise<RedmineSubject> => {
  const state: State = JSON.parse(readFileSync(statePath ?? '', 'utf8'))
  const { integration, developer, reporter, admin } = state
  return {
    url: state.base,
    address: `127.0.0.1:${state.port}`,
    apiKeys: {
      integration: integration.apiKey,
      developer: developer.apiKey,
      reporter: reporter.apiKey,
      admin: admin.apiKey,
    },
    userIds: { integration: integration.id, developer: developer.id, reporter: reporter.id, admin: admin.id },
    customFieldIds: Object.fromEntries(
      Object.entries(state.customFields).map(([name, { id }]) => [name, id]),
    ),
    close: async () => {},
  }
}

describe.runIf(statePath !== undefined)('the Redmine connector on a real Redmine', () => sessionCases(open))
