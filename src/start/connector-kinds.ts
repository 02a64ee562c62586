import type { ConfigurationParts } from '../commands/apply-configuration.ts'
import { factsOfConnector } from '../configuration/connector-facts.ts'
import { connectors } from '../connectors/registry.ts'

/** What configuration needs to know of every kind of tool there is. */
export const connectorKinds = (): ConfigurationParts['kinds'] => {
  const facts = new Map(connectors.map((connector) => [connector.id, factsOfConnector(connector)]))
  return { all: [...facts.keys()], factsOf: (kind) => facts.get(kind) ?? null }
}
