import { type Configuration, type ConnectionWanted, referenceIn } from '../configuration/configuration.ts'
import type { ConnectorFacts, FactsOf } from '../configuration/connector-facts.ts'
import { differencesInWords } from '../configuration/difference.ts'
import { explain } from '../configuration/explain.ts'
import { type Refusal, refuse } from '../domain/refusal.ts'
import { err, ok, type Result } from '../lib/result.ts'
import type { Tx } from '../store/database.ts'
import { type MasterKey, type OpenedSecrets, openSecrets } from '../store/secrets.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { StoredConfiguration } from './stored-configuration.ts'

/**
 * Puts the values behind `${NAME}` where they belong: plain ones into the settings, secrets aside. A secret keeps its
 * reference in the settings, so that an export names it again.
 */
export interface ResolvedConnection {
  readonly wanted: ConnectionWanted
  readonly origin: string
  /** Secrets to seal, in the clear; only those that differ from what is stored. */
  readonly secrets: Readonly<Record<string, string>>
  /** For a person; without any value. */
  readonly secretWords: readonly string[]
}

export interface Resolver {
  readonly factsOf: FactsOf
  readonly master: MasterKey
  /** Values by name, from the environment of whoever applies the file. */
  readonly values: Readonly<Record<string, string>>
}

const plainSettings = (
  connection: ConnectionWanted,
  facts: ConnectorFacts,
  values: Resolver['values'],
): ConnectionWanted['settings'] =>
  Object.fromEntries(
    Object.entries(connection.settings).map(([field, value]) => {
      const name = referenceIn(value)
      const given = name === null ? undefined : values[name]
      return [field, facts.secretFields.includes(field) || given === undefined ? value : given]
    }),
  )

const firstProblem = (
  key: string,
  facts: ConnectorFacts,
  settings: ConnectionWanted['settings'],
): Refusal | null => {
  const problem = explain(facts.settings, settings).find(
    ({ path }) => !facts.secretFields.includes(String(path[0] ?? '')),
  )
  if (problem === undefined) return null
  const field = problem.path.join('.')
  return refuse('invalid', `Connection ${key}, ${field}: ${problem.what}. ${problem.todo}`, {
    field: `/connections/${key}/settings/${field}`,
  })
}

const resolveOne = async (
  tx: Tx,
  key: string,
  wanted: ConnectionWanted,
  stored: StoredConfiguration,
  resolver: Resolver,
): Promise<Result<ResolvedConnection, Refusal>> => {
  const facts = resolver.factsOf(wanted.kind)
  if (facts === null)
    return err(refuse('invalid', `Connection ${key}: there is no kind of tool '${wanted.kind}'.`))
  const settings = plainSettings(wanted, facts, resolver.values)
  const problem = firstProblem(key, facts, settings)
  if (problem !== null) return err(problem)
  const origin = facts.originOf(settings)
  if (origin === null)
    return err(
      refuse('invalid', `Connection ${key}: its address cannot be read. Correct it in the settings.`),
    )
  const id = stored.ids.connections.get(key)
  const open: OpenedSecrets['secrets'] =
    id === undefined ? {} : (await openSecrets(tx, resolver.master, id, origin)).secrets
  const secrets: Record<string, string> = {}
  for (const field of facts.secretFields) {
    const name = referenceIn(settings[field])
    const value = name === null ? undefined : resolver.values[name]
    if (value !== undefined && open[field]?.reveal() !== value) secrets[field] = value
    if (name !== null && value === undefined && open[field] === undefined)
      return err(
        refuse(
          'invalid',
          `Connection ${key} needs ${name} for its ${field}, and none is stored for ${origin}. Set ${name} where you apply the file.`,
          { field: `/connections/${key}/settings/${field}` },
        ),
      )
  }
  return ok({
    wanted: { ...wanted, settings },
    origin,
    secrets,
    secretWords:
      id === undefined ? [] : Object.keys(secrets).map((field) => `settings.${field}: a new secret`),
  })
}

/** Every connection of a file; the first that cannot be used refuses the whole. */
export const resolveConnections = async (
  tx: Tx,
  file: Configuration,
  stored: StoredConfiguration,
  resolver: Resolver,
): Promise<Result<ReadonlyMap<string, ResolvedConnection>, Refusal>> => {
  const resolved = new Map<string, ResolvedConnection>()
  for (const [key, wanted] of Object.entries(file.connections)) {
    const one = await resolveOne(tx, key, wanted, stored, resolver)
    if (!one.ok) return one
    resolved.set(key, one.value)
  }
  return ok(resolved)
}

/** A new version is made for a difference one can name, not for another order of the same lines. */
export const isOtherMapping = (before: Mapping, after: Mapping): boolean =>
  differencesInWords(before, after).length > 0
