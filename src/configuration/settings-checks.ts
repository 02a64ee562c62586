import { Value } from 'typebox/value'
import { nearest } from '../lib/nearest.ts'
import { type Configuration, type ConnectionWanted, referenceIn } from './configuration.ts'
import type { ConnectorFacts, FactsOf } from './connector-facts.ts'
import { explain, type Problem } from './explain.ts'
import { problemAt } from './mapping-checks.ts'

const envName = (key: string, field: string): string =>
  `${key}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')

/** The name an export gives to a secret that was never named in a file. */
export const referenceFor = (key: string, field: string): string => `\${${envName(key, field)}}`

const isKnown = (facts: ConnectorFacts, field: string): boolean =>
  'properties' in facts.settings && Object.hasOwn(Object(facts.settings.properties), field)

const checkSettings = (
  key: string,
  connection: ConnectionWanted,
  facts: ConnectorFacts,
): readonly Problem[] => {
  const path = ['connections', key, 'settings']
  const references = Object.keys(connection.settings).filter(
    (field) => referenceIn(connection.settings[field]) !== null,
  )
  const open = facts.secretFields.filter(
    (field) => connection.settings[field] !== undefined && !references.includes(field),
  )
  const fieldOf = (problem: Problem): string => String(problem.path[path.length] ?? '')
  const problems = explain(facts.settings, connection.settings, path)
    // a reference stands for any value: what it holds is checked when it is applied
    .filter((problem) => !(references.includes(fieldOf(problem)) && isKnown(facts, fieldOf(problem))))
    .filter((problem) => !open.includes(fieldOf(problem)))
  return [
    ...problems,
    ...open.map((field) =>
      problemAt(
        [...path, field],
        'a secret does not belong in the file',
        `Write ${field}: ${referenceFor(key, field)} and set that variable where you apply the file.`,
      ),
    ),
  ]
}

/** Settings as the connector expects them: what was left out and has a default is filled in. */
export const withDefaults = (file: Configuration, factsOf: FactsOf): Configuration => ({
  ...file,
  connections: Object.fromEntries(
    Object.entries(file.connections).map(([key, connection]) => {
      const facts = factsOf(connection.kind)
      return [
        key,
        facts === null ? connection : { ...connection, settings: filled(facts, connection.settings) },
      ]
    }),
  ),
})

const filled = (
  facts: ConnectorFacts,
  settings: ConnectionWanted['settings'],
): ConnectionWanted['settings'] =>
  // defaults come from the connector's own schema; what they hold is what a setting may hold
  Value.Default(facts.settings, Value.Clone(settings)) as ConnectionWanted['settings']

/** Each connection against its kind of tool. */
export const checkKinds = (
  file: Configuration,
  factsOf: FactsOf,
  kinds: readonly string[],
): readonly Problem[] =>
  Object.entries(file.connections).flatMap(([key, connection]) => {
    const path = ['connections', key]
    const facts = factsOf(connection.kind)
    if (facts === null) {
      const guess = nearest(connection.kind, kinds)
      return [
        problemAt(
          [...path, 'kind'],
          `'${connection.kind}' is no kind of tool`,
          guess === null ? `There are: ${kinds.join(', ')}.` : `Did you mean '${guess}'?`,
        ),
      ]
    }
    const party =
      facts.party === 'any' || facts.party === connection.party
        ? []
        : [
            problemAt(
              [...path, 'party'],
              `${facts.title} is a ${facts.party}`,
              `Write 'party: ${facts.party}'.`,
            ),
          ]
    return [...party, ...checkSettings(key, connection, facts)]
  })
