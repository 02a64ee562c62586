import type { HookState } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { Catalog } from './catalog.ts'
import type { LinearClient } from './client.ts'
import type { WireWebhook } from './schema.ts'
import type { Settings } from './settings.ts'

/**
 * Our webhooks in Linear: one for each followed team, because "all public teams" leaves private ones out. Linear switches
 * one off that has failed for long; it is switched on again. Only admins, or applications with the scope `admin`, may.
 */

export interface Hooking {
  readonly client: LinearClient
  readonly catalog: Catalog
  readonly settings: Settings
}

export const RESOURCES = ['Issue', 'Comment', 'Attachment', 'CustomerNeed', 'Release'] as const
const MAX_PAGES = 10

const oursAt = async ({ client }: Hooking, address: string): Promise<readonly WireWebhook[]> => {
  const found: WireWebhook[] = []
  let after: string | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const webhooks: Awaited<ReturnType<typeof pageOf>> = await pageOf(client, after)
    found.push(...webhooks.nodes.filter(({ url }) => url === address))
    after = webhooks.pageInfo.endCursor
    if (!webhooks.pageInfo.hasNextPage || after === null) break
  }
  return found
}

const pageOf = async (client: LinearClient, after: string | null) =>
  (await client.ask('webhooks', { after })).webhooks

type Did = HookState['did']

const keepOne = async (
  { client }: Hooking,
  teamId: string,
  there: WireWebhook | undefined,
  address: string,
  secret: string,
): Promise<Did> => {
  const resourceTypes = [...RESOURCES]
  if (there === undefined) {
    const input = { url: address, teamId, resourceTypes, secret, enabled: true, label: 'Causeway' }
    await client.ask('webhookCreate', { input })
    return 'registered'
  }
  const isSound =
    (there.secret === null || there.secret === secret) &&
    RESOURCES.every((one) => there.resourceTypes.includes(one))
  if (there.enabled && isSound) return 'nothing'
  await client.ask('webhookUpdate', { id: there.id, input: { enabled: true, secret, resourceTypes } })
  return there.enabled ? 'renewed' : 'enabled'
}

const WEIGHT: readonly Did[] = ['nothing', 'renewed', 'enabled', 'registered']

export const keepHook = async (hooking: Hooking, address: string): Promise<HookState> => {
  const secret = hooking.settings.webhookSecret?.trim() ?? ''
  if (secret === '')
    return { did: 'nothing', until: null, problem: 'No webhook secret is set for this connection.' }
  const { teams } = await hooking.catalog.workspace()
  let did: Did = 'nothing'
  try {
    const ours = await oursAt(hooking, address)
    for (const { id } of teams.nodes) {
      const there = ours.find(({ team }) => team?.id === id)
      const now = await keepOne(hooking, id, there, address, secret)
      if (WEIGHT.indexOf(now) > WEIGHT.indexOf(did)) did = now
    }
  } catch (thrown) {
    if (!isFault(thrown) || thrown.kind !== 'invalid') throw thrown
    const problem = `Linear does not let this account keep webhooks (${thrown.detail}). An admin's key or the scope "admin" can; or set them up there by hand.`
    return { did, until: null, problem }
  }
  return { did, until: null, problem: null }
}

export const dropHook = async (hooking: Hooking, address: string): Promise<void> => {
  for (const { id } of await oursAt(hooking, address))
    await hooking.client.askIfThere('webhookDelete', { id })
}
