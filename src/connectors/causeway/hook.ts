import { said } from '../../lib/said.ts'
import type { HookState } from '../../sync/connector.ts'
import type { PartnerClient } from './client.ts'
import { answers } from './schema.ts'
import { baseOf, type Settings, secretOf } from './settings.ts'

/** As the other one asks for. */
const MIN_SECRET = 16

/** The other Causeway keeps one address to ring at, and the secret it signs with. Telling it again changes nothing. */
export const keepHook = async (
  client: PartnerClient,
  settings: Settings,
  address: string,
): Promise<HookState> => {
  const secret = secretOf(settings)
  const isOurs = address.startsWith(`${new URL(baseOf(settings)).href.replace(/\/+$/, '')}/hooks/`)
  const problem = isOurs
    ? said`This connection leads to this Causeway itself: it is meant for another one.`
    : secret === ''
      ? said`Set a webhook secret first: unsigned webhooks are refused.`
      : secret.length < MIN_SECRET
        ? said`The webhook secret is too short: the other Causeway takes 16 characters at least.`
        : null
  if (problem !== null) return { did: 'nothing', until: null, problem }
  const request = { method: 'PUT', path: '/hook', json: { address, secret } } as const
  const { did } = await client.ask(request, answers.hook)
  return { did, until: null, problem: null }
}
