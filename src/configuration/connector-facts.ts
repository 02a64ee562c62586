import type { TSchema } from 'typebox'
import type { Capabilities, Connector } from '../sync/connector.ts'

/** What the configuration needs to know of a kind of tool. Made from its connector by whoever has the registry. */
export interface ConnectorFacts {
  readonly kind: string
  readonly title: string
  readonly party: Connector['party']
  readonly settings: TSchema
  /** Members of the settings that hold secrets. */
  readonly secretFields: readonly string[]
  /** `https://host:port` that calls with these settings go to; null when the settings do not say. */
  /** null when the connector does not say for such settings. */
  readonly capabilitiesOf: (settings: Readonly<Record<string, unknown>>) => Capabilities | null
  readonly originOf: (settings: Readonly<Record<string, unknown>>) => string | null
}

export type FactsOf = (kind: string) => ConnectorFacts | null

const isSecretMember = (member: unknown): boolean =>
  typeof member === 'object' && member !== null && 'secret' in member && member.secret === true

const secretMembers = (schema: TSchema): readonly string[] => {
  const properties: unknown = 'properties' in schema ? schema.properties : undefined
  if (typeof properties !== 'object' || properties === null) return []
  return Object.entries(properties)
    .filter(([, member]) => isSecretMember(member))
    .map(([name]) => name)
}

export const factsOfConnector = (
  connector: Pick<Connector, 'id' | 'title' | 'party' | 'settings'> & {
    readonly baseUrl: (settings: never) => string
    readonly capabilities?: (settings: never) => Capabilities
  },
): ConnectorFacts => ({
  kind: connector.id,
  title: connector.title,
  party: connector.party,
  settings: connector.settings,
  secretFields: secretMembers(connector.settings),
  capabilitiesOf: (settings) => {
    try {
      return connector.capabilities?.(settings as never) ?? null
    } catch {
      return null
    }
  },
  originOf: (settings) => {
    try {
      // the connector reads its own settings; whatever it makes of incomplete ones is no address
      return new URL(connector.baseUrl(settings as never)).origin
    } catch {
      return null
    }
  },
})
