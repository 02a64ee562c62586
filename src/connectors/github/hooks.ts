import { said } from '../../lib/said.ts'
import type { HookState, HttpRequest } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { GithubClient } from './client.ts'
import type { Repositories, Repository } from './repositories.ts'
import { answers, readAs, type WireDelivery, type WireHook } from './schema.ts'
import type { Settings } from './settings.ts'
import { EVENTS } from './webhook.ts'

/**
 * Our webhook in each followed repository: registered, switched on again, and its failed deliveries asked for once more,
 * because GitHub tries each only once. Which webhook is ours is told by its address; no other is touched.
 */

export interface HookContext {
  readonly client: GithubClient
  readonly repositories: Repositories
  readonly settings: Settings
  readonly now: () => Date
}

/** Older changes were seen by a poll long ago. */
const REDELIVER_MS = 60 * 60_000
/** Of one delivery, the first included. */
const MAX_ATTEMPTS = 3
/** Redeliveries for one look: each is a call, and the rest comes at the next one. */
const MAX_AT_ONCE = 20

type Did = HookState['did']

interface Outcome {
  readonly did: Did
  readonly problem: string | null
}

const list = async ({ client }: HookContext, at: Repository): Promise<readonly WireHook[]> => {
  const what = `webhooks of ${at.name}`
  return client.everyPage(`${at.path}/hooks`, what, (body) => readAs(answers.hooks, body, what))
}

const wantedHook = (address: string, secret: string) => ({
  active: true,
  events: [...EVENTS],
  config: { url: address, content_type: 'json', insecure_ssl: '0', secret },
})

/** GitHub never tells the secret, only that there is one. */
const isRight = (hook: WireHook): boolean =>
  hook.active &&
  hook.config.content_type === 'json' &&
  (hook.config.secret ?? '') !== '' &&
  EVENTS.every((each) => hook.events.includes(each) || hook.events.includes('*'))

const mustTake = async (client: GithubClient, request: HttpRequest, what: string): Promise<boolean> =>
  (await client.change(request, { what })) !== 'moved'

const isOk = (delivery: WireDelivery): boolean => delivery.status_code >= 200 && delivery.status_code < 300

/** Deliveries that never arrived, newest attempt of each. While nothing arrives at all, asking again is no use. */
export const toRedeliver = (deliveries: readonly WireDelivery[], now: Date): readonly WireDelivery[] => {
  const newestFirst = deliveries.toSorted((a, b) => (a.delivered_at < b.delivered_at ? 1 : -1))
  if (!newestFirst.some(isOk)) return newestFirst.slice(0, 1).filter((each) => isRecent(each, now))
  const byGuid = Map.groupBy(newestFirst, (each) => each.guid)
  return [...byGuid.values()].flatMap((attempts) => {
    const [newest] = attempts
    const isLost = newest !== undefined && !attempts.some(isOk) && attempts.length < MAX_ATTEMPTS
    return isLost && isRecent(newest, now) ? [newest] : []
  })
}

const isRecent = (delivery: WireDelivery, now: Date): boolean =>
  now.getTime() - Date.parse(delivery.delivered_at) < REDELIVER_MS

const redeliver = async ({ client, now }: HookContext, at: Repository, hook: WireHook): Promise<void> => {
  const path = `${at.path}/hooks/${hook.id}/deliveries`
  const what = `deliveries to ${at.name}`
  const deliveries = readAs(answers.deliveries, await client.get(path, what, { per_page: 100 }), what)
  for (const each of toRedeliver(deliveries, now()).slice(0, MAX_AT_ONCE))
    await client.change({ method: 'POST', path: `${path}/${each.id}/attempts` }, { what })
}

const keepIn = async (context: HookContext, at: Repository, address: string): Promise<Outcome> => {
  const { client, settings } = context
  const secret = settings.webhookSecret ?? ''
  const found = (await list(context, at)).find((each) => each.config.url === address)
  const what = `the webhook of ${at.name}`
  const wanted = wantedHook(address, secret)
  const refused = said`GitHub does not let the account keep a webhook in ${at.name}: it needs the right "Webhooks: read and write".`
  if (found === undefined) {
    const json = { name: 'web', ...wanted }
    const taken = await mustTake(client, { method: 'POST', path: `${at.path}/hooks`, json }, what)
    return taken ? { did: 'registered', problem: null } : { did: 'nothing', problem: refused }
  }
  if (isRight(found)) {
    await redeliver(context, at, found)
    return { did: 'nothing', problem: null }
  }
  const path = `${at.path}/hooks/${found.id}`
  const taken = await mustTake(client, { method: 'PATCH', path, json: wanted }, what)
  return taken ? { did: 'enabled', problem: null } : { did: 'nothing', problem: refused }
}

/** A right that is missing is said, not thrown: polling goes on without the webhook. */
const orProblem = async (at: Repository, work: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await work()
  } catch (error) {
    if (!isFault(error) || !['auth', 'gone', 'invalid'].includes(error.kind)) throw error
    const problem = said`GitHub does not let the account keep a webhook in ${at.name}: it needs the right "Webhooks: read and write".`
    return { did: 'nothing', problem }
  }
}

const RANK: readonly Did[] = ['nothing', 'renewed', 'enabled', 'registered']

export const keepHook = async (context: HookContext, address: string): Promise<HookState> => {
  if ((context.settings.webhookSecret ?? '') === '')
    return {
      did: 'nothing',
      until: null,
      problem: said`Set a webhook secret first: unsigned webhooks are refused.`,
    }
  let did: Did = 'nothing'
  const problems: string[] = []
  for (const at of await context.repositories.followed()) {
    const outcome = await orProblem(at, () => keepIn(context, at, address))
    if (RANK.indexOf(outcome.did) > RANK.indexOf(did)) did = outcome.did
    if (outcome.problem !== null) problems.push(outcome.problem)
  }
  return { did, until: null, problem: problems.length === 0 ? null : problems.join(' ') }
}

export const dropHook = async (context: HookContext, address: string): Promise<void> => {
  for (const at of await context.repositories.followed())
    for (const hook of await list(context, at))
      if (hook.config.url === address)
        await context.client.change(
          { method: 'DELETE', path: `${at.path}/hooks/${hook.id}` },
          { what: `the webhook of ${at.name}` },
        )
}
