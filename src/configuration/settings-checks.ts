import { nearest } from '../lib/nearest.ts'
import { type Configuration, type ConnectionWanted, referenceIn } from './configuration.ts'
import type { ConnectorFacts, FactsOf } from './connector-facts.ts'
import { explain, type Problem } from './explain.ts'
import { problemAt } from './mapping-checks.ts'

const envName = (key: string, field: string): string =>
  `${key}_${field}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_')

/** The name an export gives to a secret that was never named in a file. */
export const referenceFor = (key: string, field: string): string => `\${${envName(key, field)}}`

const checkSettings = (
  key: string,
  connection: ConnectionWanted,
  facts: ConnectorFacts,
): readonly Problem[] => {
  const path = ['connections', key, 'settings']
  // a reference stands for any value: what it holds is checked when it is applied
  const missing = new Set(
    Object.entries(connection.settings).flatMap(([field, value]) =>
      referenceIn(value) === null ? [] : [field],
    ),
  )
  const problems = explain(facts.settings, connection.settings, path).filter(
    ({ path: where }) =>
      !(where.length === 4 && missing.has(String(where[3])) && !isUnknown(facts, String(where[3]))),
  )
  const open = facts.secretFields
    .filter((field) => connection.settings[field] !== undefined && !missing.has(field))
    .map((field) =>
      problemAt(
        [...path, field],
        'a secret does not belong in the file',
        `Write ${field}: ${referenceFor(key, field)} and set that variable where you apply the file.`,
      ),
    )
  return [
    ...problems.filter(({ path: where }) => !open.some((p) => p.path[3] === where[3] && where.length === 4)),
    ...open,
  ]
}

const isUnknown = (facts: ConnectorFacts, field: string): boolean =>
  !('properties' in facts.settings) || !Object.hasOwn(Object(facts.settings.properties), field)

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
