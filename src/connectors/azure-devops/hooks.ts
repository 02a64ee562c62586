import { said } from '../../lib/said.ts'
import type { HookState } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { Catalog, Project } from './catalog.ts'
import type { AzureClient } from './client.ts'
import { answers, readAs, type WireSubscription } from './schema.ts'
import type { Settings } from './settings.ts'

/**
 * Our service hooks: one subscription for each project and event, all to one address. Azure DevOps puts a subscription on
 * probation when we do not answer, and switches it off when that lasts; what a person switched off stays off.
 */

const EVENTS = [
  'workitem.created',
  'workitem.updated',
  'workitem.commented',
  'workitem.deleted',
  'workitem.restored',
] as const
const VERSION = { 'api-version': '6.0' } as const
const PATH = '/_apis/hooks/subscriptions'

const listOurs = async (client: AzureClient, address: string): Promise<readonly WireSubscription[]> => {
  const answer = await client.get(PATH, { ...VERSION, publisherId: 'tfs', consumerId: 'webHooks' })
  return readAs(answers.subscriptions, answer, 'the service hooks').value.filter(
    ({ consumerId, consumerInputs }) => consumerId === 'webHooks' && consumerInputs?.['url'] === address,
  )
}

const wanted = (project: Project, eventType: string, address: string, secret: string) => ({
  publisherId: 'tfs',
  eventType,
  resourceVersion: '1.0',
  consumerId: 'webHooks',
  consumerActionId: 'httpRequest',
  publisherInputs: { projectId: project.id },
  consumerInputs: {
    url: address,
    httpHeaders: `X-Causeway-Secret:${secret}`,
    resourceDetailsToSend: 'all',
    messagesToSend: 'none',
    detailedMessagesToSend: 'none',
  },
})

const nothing = (problem: string | null): HookState => ({ did: 'nothing', until: null, problem })

export const keepHooks = async (
  client: AzureClient,
  catalog: Catalog,
  settings: Settings,
  address: string,
): Promise<HookState> => {
  const secret = settings.webhookSecret ?? ''
  if (secret === '') return nothing(said`A webhook secret is missing in the settings of this connection.`)
  if (!address.startsWith('https:'))
    return nothing(said`Azure DevOps posts to addresses with https only: give Causeway a public one.`)
  const projects = await catalog.projects()
  const ours = await listOurs(client, address)
  let did: HookState['did'] = 'nothing'
  let byHand: string | null = null
  for (const name of settings.projects) {
    const project = projects.find((one) => one.name.toLowerCase() === name.toLowerCase())
    if (project === undefined)
      return { did, until: null, problem: said`Azure DevOps shows no project ${name} to this account.` }
    for (const eventType of EVENTS) {
      const found = ours.find(
        (one) => one.eventType === eventType && one.publisherInputs?.['projectId'] === project.id,
      )
      const subscription = wanted(project, eventType, address, secret)
      if (found === undefined) {
        await client.write(
          { method: 'POST', path: PATH, query: VERSION, json: subscription },
          'the service hooks',
        )
        did = 'registered'
      } else if (found.status === 'disabledByUser') byHand = name
      else if (found.status !== undefined && found.status !== 'enabled') {
        // sent whole, with the secret as it is now: that it was another may be why we did not take the calls
        const json = { ...subscription, id: found.id, status: 'enabled' }
        await client.write(
          { method: 'PUT', path: `${PATH}/${found.id}`, query: VERSION, json },
          'the service hooks',
        )
        if (did === 'nothing') did = 'enabled'
      }
    }
  }
  const problem =
    byHand === null
      ? null
      : said`Somebody switched service hooks of ${byHand} off in Azure DevOps: project settings, Service hooks.`
  return { did, until: null, problem }
}

export const dropHooks = async (client: AzureClient, address: string): Promise<void> => {
  for (const { id } of await listOurs(client, address)) {
    try {
      await client.write({ method: 'DELETE', path: `${PATH}/${id}`, query: VERSION }, 'the service hook')
    } catch (error) {
      if (!isFault(error) || error.kind !== 'gone') throw error
    }
  }
}
