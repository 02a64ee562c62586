import type { Configuration } from '../configuration/configuration.ts'
import type { FactsOf } from '../configuration/connector-facts.ts'
import { referenceFor } from '../configuration/settings-checks.ts'
import { toYaml } from '../configuration/to-yaml.ts'
import { loadConfigurationRows } from '../store/configuration.ts'
import type { Tx } from '../store/database.ts'
import { toStoredConfiguration } from './stored-configuration.ts'

const HEADER = `# Causeway's configuration, as it is stored. \${NAME} stands for a secret: set that variable where you apply the file.
# Check a changed file with: causeway apply FILE --dry-run

`

/** Secrets that were typed into a form have no name yet: they get one. */
const withReferences = (
  configuration: Configuration,
  stored: readonly { readonly connection: string; readonly field: string }[],
  factsOf: FactsOf,
): Configuration => ({
  ...configuration,
  connections: Object.fromEntries(
    Object.entries(configuration.connections).map(([key, connection]) => {
      const fields = (factsOf(connection.kind)?.secretFields ?? []).filter(
        (field) =>
          connection.settings[field] === undefined &&
          stored.some((secret) => secret.connection === key && secret.field === field),
      )
      const references = Object.fromEntries(fields.map((field) => [field, referenceFor(key, field)]))
      return [key, { ...connection, settings: { ...connection.settings, ...references } }]
    }),
  ),
})

/** The settings of one connection without its secrets, and which of its members hold one. */
export const exportedSettings = async (
  tx: Tx,
  row: { readonly id: string; readonly kind: string; readonly settings: Readonly<Record<string, unknown>> },
  factsOf: FactsOf,
): Promise<{ readonly settings: Readonly<Record<string, unknown>>; readonly secrets: readonly string[] }> => {
  const hidden = factsOf(row.kind)?.secretFields ?? []
  const kept = await tx.selectFrom('secret').select('field').where('connection_id', '=', row.id).execute()
  return {
    settings: Object.fromEntries(Object.entries(row.settings).filter(([field]) => !hidden.includes(field))),
    secrets: kept.map(({ field }) => field),
  }
}

/** Everything that is stored, as a file that `applyConfiguration` takes and finds nothing to change in. */
export const exportConfiguration = async (tx: Tx, factsOf: FactsOf): Promise<string> => {
  const { configuration } = toStoredConfiguration(await loadConfigurationRows(tx))
  const secrets = await tx
    .selectFrom('secret as s')
    .innerJoin('connection as c', 'c.id', 's.connection_id')
    .select(['c.key as connection', 's.field as field'])
    .execute()
  return HEADER + toYaml(withReferences(configuration, secrets, factsOf))
}
