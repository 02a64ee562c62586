import { said } from '../../lib/said.ts'
import type { CheckResult } from '../../sync/connector.ts'
import type { Catalog } from './catalog.ts'
import { clockOf, type ZendeskClient } from './client.ts'
import { personOf } from './convert.ts'
import type { WireUser } from './schema.ts'
import { credentialsOf, type Settings } from './settings.ts'
import { NO_GROUP } from './words.ts'

/** Is the account able to do the work? Answers sentences that say what to change in Zendesk. */

/** Webhooks are refused when they seem older than five minutes. */
const MAX_SKEW_MS = 2 * 60_000

const accountProblems = (account: WireUser): readonly string[] => [
  ...(account.role === 'admin'
    ? []
    : [
        said`The account is no administrator: only administrators may list changed tickets (incremental export) and keep webhooks.`,
      ]),
  ...(account.only_private_comments === true
    ? [said`The account may only write internal comments: public ones are held.`]
    : []),
  ...(account.ticket_restriction
    ? [
        said`The account sees only some tickets ("${account.ticket_restriction}"): the others are not followed.`,
      ]
    : []),
]

const clockProblems = (tool: Date | null, now: Date): readonly string[] => {
  const apart = tool === null ? 0 : Math.abs(tool.getTime() - now.getTime())
  return apart <= MAX_SKEW_MS
    ? []
    : [said`The clock of Causeway and that of Zendesk are ${Math.round(apart / 1000)} seconds apart.`]
}

export const checkAccount = async (
  client: ZendeskClient,
  catalog: Catalog,
  settings: Settings,
  now: () => Date,
): Promise<CheckResult> => {
  if (credentialsOf(settings) === null) {
    const problem = said`No way to sign in is complete: give an e-mail address and an API token, or an OAuth access token, or an OAuth client and its secret.`
    return { tool: 'Zendesk', account: null, problems: [problem] }
  }
  const account = await catalog.account()
  const clock = clockOf(await client.send({ method: 'GET', path: '/api/v2/users/me' }))
  const { groups } = await catalog.words()
  const unknown = (settings.groups ?? []).filter((name) => name !== NO_GROUP && !groups.byLabel.has(name))
  return {
    // Zendesk is one and the same for everybody: there is no version to tell.
    tool: 'Zendesk Support',
    account: personOf(account.id, [account]),
    problems: [
      ...accountProblems(account),
      ...unknown.map((name) => said`There is no group "${name}" in Zendesk.`),
      ...clockProblems(clock, now()),
    ],
  }
}
