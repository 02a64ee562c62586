import { said } from '../../lib/said.ts'
import type { HookState } from '../../sync/connector.ts'
import { isFault } from '../../sync/fault.ts'
import type { GitLabClient } from './client.ts'
import type { WireHook } from './schema.ts'
import type { Settings } from './settings.ts'
import { signingKey } from './signing.ts'

/**
 * The webhook of each followed project. GitLab gives up on one whose address fails four times in a row: for a minute,
 * then ever longer, in the end for good. A test that is answered well puts it in use again; where that does not help, a
 * new one in its place begins without that past.
 */

const EVENTS = {
  issues_events: true,
  confidential_issues_events: true,
  note_events: true,
  confidential_note_events: true,
  milestone_events: true,
  releases_events: true,
  push_events: false,
  enable_ssl_verification: true,
} as const

const parametersOf = (address: string, secret: string): Readonly<Record<string, unknown>> => ({
  url: address,
  name: 'Causeway',
  ...EVENTS,
  ...(signingKey(secret) === null ? { token: secret } : { signing_token: secret }),
})

const hasEvents = (hook: WireHook): boolean =>
  [
    hook.issues_events,
    hook.confidential_issues_events,
    hook.note_events,
    hook.confidential_note_events,
  ].every((event) => event !== false)

const isInUse = (hook: WireHook): boolean => (hook.alert_status ?? 'executable') === 'executable'

type Did = HookState['did']
const RANK: readonly Did[] = ['nothing', 'renewed', 'enabled', 'registered']
const more = (a: Did, b: Did): Did => (RANK.indexOf(a) >= RANK.indexOf(b) ? a : b)

interface One {
  readonly did: Did
  readonly problem: string | null
}

export const keepHookOf = (client: GitLabClient, settings: Settings) => {
  const secret = settings.webhookSecret ?? ''
  /** Projects whose webhook has had our secret written to it: GitLab shows it to nobody, so it cannot be compared. */
  const written = new Set<string>()

  const unsigned = (hook: WireHook): string | null =>
    signingKey(secret) !== null && hook.signing_token_present !== true
      ? said`This GitLab does not sign webhooks: use a webhook secret that does not begin with whsec_.`
      : null

  const enable = async (project: string, hook: WireHook, address: string): Promise<WireHook> => {
    if (await client.testHook(project, hook.id)) {
      const tested = await client.hook(project, hook.id)
      if (tested !== null && isInUse(tested)) return tested
    }
    await client.removeHook(project, hook.id)
    return client.addHook(project, parametersOf(address, secret))
  }

  const keepOne = async (project: string, address: string): Promise<One> => {
    const hooks = await client.hooks(project)
    if (hooks === null)
      return {
        did: 'nothing',
        problem: said`In project ${project} the account may not manage webhooks: it needs the role Maintainer.`,
      }
    const ours = hooks.find(({ url }) => url === address)
    if (ours === undefined) {
      const made = await client.addHook(project, parametersOf(address, secret))
      written.add(project)
      return { did: 'registered', problem: unsigned(made) }
    }
    let hook = ours
    let did: Did = 'nothing'
    if (!written.has(project) || !hasEvents(ours)) {
      if (!hasEvents(ours)) did = 'enabled'
      hook = await client.updateHook(project, ours.id, parametersOf(address, secret))
      written.add(project)
    }
    if (!isInUse(hook)) {
      hook = await enable(project, hook, address)
      did = 'enabled'
    }
    return { did, problem: unsigned(hook) }
  }

  return async (address: string): Promise<HookState> => {
    if (secret === '')
      return { did: 'nothing', until: null, problem: said`Give the connection a webhook secret first.` }
    let did: Did = 'nothing'
    let problem: string | null = null
    for (const project of settings.projects) {
      const one = await keepOne(project, address).catch((error: unknown): One => {
        // One project that refuses must not silence the others.
        if (!isFault(error) || (error.kind !== 'invalid' && error.kind !== 'gone')) throw error
        return {
          did: 'nothing',
          problem: said`GitLab refuses the webhook of project ${project}: ${error.detail}`,
        }
      })
      did = more(did, one.did)
      problem ??= one.problem
    }
    return { did, until: null, problem }
  }
}

export const dropHook = async (client: GitLabClient, settings: Settings, address: string): Promise<void> => {
  for (const project of settings.projects)
    for (const hook of (await client.hooks(project)) ?? [])
      if (hook.url === address) await client.removeHook(project, hook.id)
}
