import { type ConnectionWanted, referenceIn } from '../configuration/configuration.ts'
import { referenceFor } from '../configuration/settings-checks.ts'
import { connectionDocument } from '../configuration/to-yaml.ts'
import { type PlaceProblem, type Refusal, refuse } from '../domain/refusal.ts'
import type { Role } from '../domain/words.ts'
import { err, ok, type Result } from '../lib/result.ts'
import { loadConfigurationRows, type MappingOrigin } from '../store/configuration.ts'
import { findConnection } from '../store/connections.ts'
import type { Tx } from '../store/database.ts'
import {
  type AppliedConfiguration,
  applyConfiguration,
  type ConfigurationParts,
} from './apply-configuration.ts'
import { changedMeanwhile, done, unknown } from './outcome.ts'
import type { Command } from './run-command.ts'
import { toStoredConfiguration } from './stored-configuration.ts'

/**
 * Makes or changes one connection as a screen knows it: whole, with its secrets apart. It is written as the one line of
 * a configuration file and applied as such, so that screen and file keep one truth and are judged by the same rules.
 */
export interface SaveConnection {
  readonly key: string
  /** Settings without secrets. */
  readonly wanted: ConnectionWanted
  /** By member of the settings; one that is not named stays as it is. */
  readonly secrets: Readonly<Record<string, string>>
  /** The revision the asker read; null: there is none yet. */
  readonly revision: number | null
  /** Says what would change and what is wrong, and changes nothing. */
  readonly dryRun: boolean
  readonly by: readonly Role[]
  readonly origin: MappingOrigin
}

export interface SavedConnection extends Pick<AppliedConfiguration, 'changes' | 'reach'> {
  /** Only of a dry run: what would be refused, place by place below the connection. */
  readonly problems: readonly ConnectionProblem[]
}

/** `mapping.fields[2].severity` */
export type ConnectionProblem = Pick<PlaceProblem, 'path' | 'what' | 'todo'>

export const saveConnection =
  (parts: ConfigurationParts): Command<SaveConnection, SavedConnection> =>
  async (tx, context, input) => {
    const row = await findConnection(tx, input.key)
    if (row === null && input.revision !== null) return unknown('connection', input.key, '/key')
    if (row !== null && input.revision === null)
      return err(
        refuse('already-done', `There is a connection “${input.key}” already. Choose another key.`, {
          field: '/key',
        }),
      )
    if (row !== null && row.version !== input.revision)
      return changedMeanwhile('connection', input.revision ?? 0, row.version)
    const written = await withSecrets(tx, parts, input, row?.id ?? null)
    const applied = await applyConfiguration(parts)(tx, context, {
      yaml: JSON.stringify({ connections: { [input.key]: connectionDocument(written.wanted) } }),
      secrets: written.values,
      dryRun: input.dryRun,
      prune: false,
      by: input.by,
      origin: input.origin,
    })
    if (applied.ok) {
      const { changes, reach } = applied.value.value
      return ok({ ...applied.value, value: { changes, reach, problems: [] } })
    }
    const problems = problemsOf(input.key, written.fields, applied.error)
    if (problems === null) return applied
    return input.dryRun ? done({ changes: [], reach: [], problems }) : refused(problems)
  }

/** The wanted connection with a reference for each secret that is given or stored, and the values behind the references. */
const withSecrets = async (
  tx: Tx,
  parts: ConfigurationParts,
  input: SaveConnection,
  id: string | null,
): Promise<{
  readonly wanted: ConnectionWanted
  readonly values: Readonly<Record<string, string>>
  readonly fields: readonly string[]
}> => {
  const fields = parts.kinds.factsOf(input.wanted.kind)?.secretFields ?? []
  const stored = toStoredConfiguration(await loadConfigurationRows(tx)).configuration.connections[input.key]
  const kept = id === null ? [] : await storedSecrets(tx, id)
  const values: Record<string, string> = {}
  const settings: Record<string, ConnectionWanted['settings'][string]> = { ...input.wanted.settings }
  for (const field of fields) {
    delete settings[field]
    const given = input.secrets[field]
    if ((given === undefined || given === '') && !kept.includes(field)) continue
    const before = stored?.settings[field]
    const reference = referenceIn(before) === null ? referenceFor(input.key, field) : String(before)
    settings[field] = reference
    const name = referenceIn(reference)
    if (given !== undefined && given !== '' && name !== null) values[name] = given
  }
  return { wanted: { ...input.wanted, settings }, values, fields }
}

const storedSecrets = async (tx: Tx, id: string): Promise<readonly string[]> =>
  (await tx.selectFrom('secret').select('field').where('connection_id', '=', id).execute()).map(
    ({ field }) => field,
  )

const OTHER_HOST = {
  what: 'is not known for this address',
  todo: 'Give it again: a secret belongs to the host it was given for.',
}

/** What a refused file says, in the terms of one connection; null: it is about something else. */
const problemsOf = (
  key: string,
  secretFields: readonly string[],
  refusal: Refusal,
): readonly ConnectionProblem[] | null => {
  const below = `connections.${key}.`
  if (refusal.problems !== undefined)
    return refusal.problems.map(({ path, what, todo }) => ({
      path: path.startsWith(below) ? path.slice(below.length) : path,
      what,
      todo,
    }))
  const at = refusal.field?.split('/').slice(3) ?? []
  if (refusal.code !== 'invalid' || at.length === 0) return null
  const isSecret = at[0] === 'settings' && secretFields.includes(at[1] ?? '')
  return [{ path: at.join('.'), ...(isSecret ? OTHER_HOST : { what: refusal.detail, todo: '' }) }]
}

const refused = (problems: readonly ConnectionProblem[]): Result<never, Refusal> => {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return err(
    refuse('invalid', `${first?.path ?? ''} ${first?.what ?? ''}${more}. ${first?.todo ?? ''}`.trim(), {
      field: '/connection',
    }),
  )
}
