import { type Configuration, referencesOf } from '../configuration/configuration.ts'
import type { FactsOf } from '../configuration/connector-facts.ts'
import { type Change, difference } from '../configuration/difference.ts'
import { type ConfigurationError, parseConfiguration } from '../configuration/parse.ts'
import type { Actor } from '../domain/actor.ts'
import { grantFault, grantSentence } from '../domain/grants.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { countMirrors, loadConfigurationRows, type MappingOrigin } from '../store/configuration.ts'
import type { Tx } from '../store/database.ts'
import type { MasterKey } from '../store/secrets.ts'
import { applyConnections } from './apply-connections.ts'
import { applyOrganisation } from './apply-organisation.ts'
import { applyRoutes, applyRules } from './apply-routing.ts'
import { changeSettings } from './change-settings.ts'
import { measureReach, type Reach } from './measure-reach.ts'
import { isOtherMapping, type ResolvedConnection, resolveConnections } from './resolve-connections.ts'
import { applyCommand, type Command, type CommandContext, type Outcome } from './run-command.ts'
import { type StoredConfiguration, toStoredConfiguration } from './stored-configuration.ts'

/**
 * Makes what is stored what a file says, in one transaction. Applying it again changes nothing. What the file does not
 * name stays, unless pruned; secrets come in apart from the text and are never given back.
 */
export interface ApplyConfiguration {
  readonly yaml: string
  /** Values of the file's `${NAME}` references. */
  readonly secrets: Readonly<Record<string, string>>
  /** Says what would change, and changes nothing. */
  readonly dryRun: boolean
  readonly prune: boolean
  /** The roles of whoever applies it: who may not decide about roles cannot do it by a file. */
  readonly by: readonly Role[]
  /** Absent: a file. */
  readonly origin?: MappingOrigin
}

export interface AppliedConfiguration {
  readonly dryRun: boolean
  /** Empty: everything was as the file says. */
  readonly changes: readonly Change[]
  /** How many mirrors are looked at again because their mapping changes. */
  readonly reach: readonly ConnectionReach[]
}

export interface ConnectionReach extends Partial<Reach> {
  readonly connection: string
  /** All that are looked at again; `touched` of the `measured` ones would change (dry runs only). */
  readonly mirrors: number
}

/** What the command cannot know by itself: the kinds of tool, and the key that seals secrets. */
export interface ConfigurationParts {
  readonly kinds: { readonly factsOf: FactsOf; readonly all: readonly string[] }
  readonly master: MasterKey
}

const refusedFile = (problems: readonly ConfigurationError[]): Refusal => {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return refuse(
    'invalid',
    `The file is not applied. Line ${first?.line ?? 1}, ${first?.path || 'the file'}: ${first?.what ?? 'it cannot be read'}${more}. ${first?.todo ?? ''}`,
    { field: '/yaml', problems },
  )
}

interface Plan {
  readonly stored: StoredConfiguration
  readonly wanted: Configuration
  readonly resolved: ReadonlyMap<string, ResolvedConnection>
  readonly changes: readonly Change[]
}

/** A new secret is a change of its connection, told without its value. */
const withSecretWords = (changes: readonly Change[], resolved: Plan['resolved']): readonly Change[] => {
  const withWords = changes.map((change) =>
    change.noun === 'connection' && change.how === 'changed'
      ? { ...change, words: [...change.words, ...(resolved.get(change.key)?.secretWords ?? [])] }
      : change,
  )
  const named = new Set(changes.filter(({ noun }) => noun === 'connection').map(({ key }) => key))
  const only = [...resolved]
    .filter(([key, { secretWords }]) => !named.has(key) && secretWords.length > 0)
    .map(
      ([key, { secretWords }]): Change => ({ noun: 'connection', key, how: 'changed', words: secretWords }),
    )
  return [...withWords, ...only]
}

const planFor = async (
  tx: Tx,
  input: ApplyConfiguration,
  parts: ConfigurationParts,
): Promise<Result<Plan, Refusal>> => {
  const stored = toStoredConfiguration(await loadConfigurationRows(tx))
  const parsed = parseConfiguration(input.yaml, {
    // a secret that is stored already need not be given again; `resolveConnections` knows for which host
    names: new Set([...Object.keys(input.secrets), ...referencesOf(stored.configuration)]),
    stored: stored.configuration,
    kinds: parts.kinds,
  })
  if (!parsed.ok) return err(refusedFile(parsed.error))
  const resolved = await resolveConnections(tx, parsed.value, stored, {
    factsOf: parts.kinds.factsOf,
    master: parts.master,
    values: input.secrets,
  })
  if (!resolved.ok) return resolved
  const wanted: Configuration = {
    ...parsed.value,
    connections: Object.fromEntries(
      [...resolved.value].map(([key, { wanted: connection }]) => [key, connection]),
    ),
  }
  const changes = withSecretWords(difference(stored.configuration, wanted, input.prune), resolved.value)
  return ok({ stored, wanted, resolved: resolved.value, changes })
}

/** Who may change settings on their screen. */
const DECIDES: ReadonlySet<Role> = new Set(['owner', 'admin'])

/** What whoever applies it may not decide: a setting, or the roles of the first person. */
const rightsFault = (
  by: readonly Role[],
  actor: Actor,
  { stored, wanted, changes }: Plan,
): Refusal | null => {
  for (const { noun, key } of changes) {
    if (noun === 'setting' && !by.some((role) => DECIDES.has(role)))
      return refuse('not-allowed', 'Settings of the organisation are changed by an admin or an owner.', {
        field: '/yaml',
      })
    if (noun !== 'person') continue
    const before = stored.configuration.organisation?.people[key]?.roles ?? []
    const after = wanted.organisation?.people[key]?.roles ?? before
    // whose address it is is not known here, so nobody with less than an owner’s rights widens anybody’s roles twice
    const fault = grantFault(by, { before, after, isSelf: stored.ids.people.get(key) === actor.id })
    if (fault !== null) return refuse('not-allowed', `${key}: ${grantSentence(fault)}`, { field: '/yaml' })
  }
  return null
}

const write = async (
  tx: Tx,
  context: CommandContext,
  plan: Plan,
  mirrors: ReadonlyMap<string, number>,
  input: ApplyConfiguration,
  master: MasterKey,
): Promise<Result<Outcome<null>, Refusal>> => {
  const { stored, wanted, changes } = plan
  const touches = (noun: string): boolean => changes.some((change) => change.noun === noun)
  const organisation = wanted.organisation
    ? await applyOrganisation(tx, context, wanted.organisation, changes, stored.ids)
    : []
  if (typeof wanted.organisation?.namesForCustomers === 'boolean' && touches('setting')) {
    const { namesForCustomers } = wanted.organisation
    const decided = await applyCommand(tx, context, changeSettings, { namesForCustomers })
    if (!decided.ok) return decided
  }
  const removals = changes.filter(({ noun, how }) => noun === 'connection' && how === 'removed')
  const kept = changes.filter((change) => !removals.includes(change))
  const step = { tx, context, stored, mirrors, master, origin: input.origin ?? { source: 'file' as const } }
  const connections = await applyConnections(step, plan.resolved, kept)
  if (!connections.ok) return connections
  if (wanted.routes && touches('route')) await applyRoutes(tx, context, wanted.routes, stored, input.prune)
  if (wanted.rules && touches('rule')) await applyRules(tx, context, wanted.rules, stored, input.prune)
  // last, because routes may have pointed at them
  const removed = await applyConnections(step, plan.resolved, removals)
  if (!removed.ok) return removed
  return ok({ value: null, events: [...organisation, ...connections.value, ...removed.value], changed: [] })
}

const reachOf = async (
  tx: Tx,
  context: CommandContext,
  plan: Plan,
  mirrors: ReadonlyMap<string, number>,
  measure: boolean,
  parts: ConfigurationParts,
): Promise<readonly ConnectionReach[]> => {
  const reach: ConnectionReach[] = []
  for (const { noun, key: connection } of plan.changes) {
    const before = plan.stored.configuration.connections[connection]
    const after = plan.wanted.connections[connection]
    const id = plan.stored.ids.connections.get(connection)
    if (noun !== 'connection' || !before || !after || !id || !isOtherMapping(before.mapping, after.mapping))
      continue
    const capabilities = parts.kinds.factsOf(after.kind)?.capabilitiesOf(after.settings) ?? null
    const measured =
      measure && capabilities !== null
        ? await measureReach(
            tx,
            { id, before: before.mapping, after: after.mapping, capabilities },
            context.now,
          )
        : {}
    reach.push({ connection, mirrors: mirrors.get(id) ?? 0, ...measured })
  }
  return reach
}

/** Made once by whoever knows the connectors. */
export const applyConfiguration =
  (parts: ConfigurationParts): Command<ApplyConfiguration, AppliedConfiguration> =>
  async (tx, context, input) => {
    const plan = await planFor(tx, input, parts)
    if (!plan.ok) return plan
    const fault = rightsFault(input.by, context.actor, plan.value)
    if (fault !== null) return err(fault)
    const { changes } = plan.value
    const mirrors = await countMirrors(tx)
    const reach = await reachOf(tx, context, plan.value, mirrors, input.dryRun, parts)
    const value: AppliedConfiguration = { dryRun: input.dryRun, changes, reach }
    if (input.dryRun || changes.length === 0) return ok({ value, events: [], changed: [] })
    const written = await write(tx, context, plan.value, mirrors, input, parts.master)
    if (!written.ok) return written
    const count = (how: Change['how']): number => changes.filter((change) => change.how === how).length
    return ok({
      value,
      events: [
        ...written.value.events,
        {
          kind: 'configuration.applied',
          record: null,
          data: { added: count('added'), changed: count('changed'), removed: count('removed') },
        },
      ],
      changed: [],
    })
  }
