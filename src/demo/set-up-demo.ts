import { readFileSync } from 'node:fs'
import { applyConfiguration, type ConfigurationParts } from '../commands/apply-configuration.ts'
import { type CommandRunner, runCommand } from '../commands/run-command.ts'
import { SYSTEM } from '../domain/actor.ts'
import { findCustomer } from '../store/organisation.ts'
import { makeSampleRecords } from './sample-records.ts'

/**
 * Fills an empty Causeway with a small, believable organisation, and connects it to the two simulated tools. A second
 * time it only makes sure that the configuration is there: what people did since stays.
 */
export const setUpDemo = async (runner: CommandRunner, parts: ConfigurationParts): Promise<void> => {
  const isNew = (await runner.db.transaction().execute((tx) => findCustomer(tx, 'northwind'))) === null
  const yaml = readFileSync(new URL('./demo.yaml', import.meta.url), 'utf8')
  const input = { yaml, secrets: {}, dryRun: false, prune: false, by: ['owner'] } as const
  const applied = await runCommand(runner, SYSTEM, applyConfiguration(parts), input)
  if (!applied.ok) throw new Error(`demo.yaml: ${applied.error.detail}`)
  if (!isNew) return
  const made = await runCommand(runner, SYSTEM, makeSampleRecords, { me: null })
  if (!made.ok) throw new Error(`the demo's records: ${made.error.detail}`)
}
