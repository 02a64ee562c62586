import type { Configuration, Organisation, RouteWanted } from '../configuration/configuration.ts'
import { installationKey } from '../configuration/difference.ts'
import type { RuleAction, RuleRecord } from '../domain/rule.ts'
import type { ConfigurationRows } from '../store/configuration.ts'
import type { Mapping } from '../sync/mapping.ts'

/** What is stored, as the configuration that a file could hold, and which row has which name. */
export interface StoredConfiguration {
  readonly configuration: Configuration
  readonly ids: ConfigurationIds
  readonly rows: ConfigurationRows
}

/** Archived rows have a name too: naming one in a file brings it back. */
export interface ConfigurationIds {
  readonly connections: Map<string, string>
  readonly teams: Map<string, string>
  readonly people: Map<string, string>
  readonly products: Map<string, string>
  /** By `product/component`. */
  readonly components: Map<string, string>
  readonly customers: Map<string, string>
  readonly installations: Map<string, string>
}

const EMPTY_MAPPING = (party: 'desk' | 'tracker'): Mapping => ({
  record: party === 'desk' ? 'ticket' : 'work item',
  containers: [],
  types: [],
  adopt: false,
  fields: [],
  status: null,
  comments: null,
  attachments: null,
  people: {},
  products: {},
  components: {},
  releases: false,
  onCreate: {},
})

const isLive = (row: { readonly archived_at: Date | null }): boolean => row.archived_at === null

const idsBy = <R extends { readonly id: string }>(
  rows: readonly R[],
  keyOf: (row: R) => string,
): Map<string, string> => new Map(rows.map((row) => [keyOf(row), row.id]))

const nameBy = <R extends { readonly id: string }>(
  rows: readonly R[],
  nameOf: (row: R) => string,
): ((id: string | null) => string | null) => {
  const names = new Map(rows.map((row) => [row.id, nameOf(row)]))
  return (id) => (id === null ? null : (names.get(id) ?? null))
}

const organisationOf = (rows: ConfigurationRows): Organisation => {
  const team = nameBy(rows.teams, (row) => row.key)
  const customer = nameBy(rows.customers.filter(isLive), (row) => row.key)
  const product = nameBy(rows.products.filter(isLive), (row) => row.key)
  return {
    teams: Object.fromEntries(
      rows.teams
        .filter(isLive)
        .map((row) => [row.key, { name: row.name, members: row.members.length > 0 ? row.members : null }]),
    ),
    people: Object.fromEntries(
      rows.people
        .filter(isLive)
        .map((row) => [row.email.toLowerCase(), { name: row.name, roles: [...row.roles].sort() }]),
    ),
    products: Object.fromEntries(
      rows.products.filter(isLive).map((row) => [
        row.key,
        {
          name: row.name,
          team: team(row.team_id),
          components: Object.fromEntries(
            rows.components
              .filter((part) => part.product_id === row.id && isLive(part))
              .map((part) => [part.key, { name: part.name, team: team(part.team_id) ?? '' }]),
          ),
        },
      ]),
    ),
    customers: Object.fromEntries(
      rows.customers.filter(isLive).map((row) => [row.key, { name: row.name, tier: row.tier }]),
    ),
    installations: rows.installations
      .map((row) => ({
        customer: customer(row.customer_id) ?? '',
        product: product(row.product_id) ?? '',
        environment: row.environment,
        version: row.release_name ?? row.version,
      }))
      .filter((line) => line.customer !== '' && line.product !== '')
      .sort((a, b) => (installationKey(a) < installationKey(b) ? -1 : 1)),
    // what is so until somebody decides need not be said
    namesForCustomers: rows.settings.namesForCustomers ? true : null,
  }
}

const routesOf = (rows: ConfigurationRows): readonly RouteWanted[] => {
  const product = nameBy(rows.products, (row) => row.key)
  const component = nameBy(rows.components, (row) => row.key)
  const productOf = nameBy(rows.components, (row) => product(row.product_id) ?? '')
  const connection = nameBy(rows.connections, (row) => row.key)
  return rows.routes.map((row) => ({
    product: product(row.product_id) ?? productOf(row.component_id),
    component: component(row.component_id),
    connection: connection(row.connection_id),
    container: row.container,
    type: row.item_type,
    componentThere: row.component_there,
  }))
}

const idsOf = (rows: ConfigurationRows): ConfigurationIds => {
  const product = nameBy(rows.products, (row) => row.key)
  const customer = nameBy(rows.customers, (row) => row.key)
  return {
    connections: idsBy(rows.connections, (row) => row.key),
    teams: idsBy(rows.teams, (row) => row.key),
    people: idsBy(rows.people, (row) => row.email.toLowerCase()),
    products: idsBy(rows.products, (row) => row.key),
    components: idsBy(rows.components, (row) => `${product(row.product_id)}/${row.key}`),
    customers: idsBy(rows.customers, (row) => row.key),
    installations: idsBy(rows.installations, (row) =>
      installationKey({
        customer: customer(row.customer_id) ?? '',
        product: product(row.product_id) ?? '',
        environment: row.environment,
        version: null,
      }),
    ),
  }
}

export const toStoredConfiguration = (rows: ConfigurationRows): StoredConfiguration => ({
  rows,
  ids: idsOf(rows),
  configuration: {
    connections: Object.fromEntries(
      rows.connections.map((row) => [
        row.key,
        {
          kind: row.kind,
          party: row.party,
          title: row.title,
          // only ever written from a checked configuration, and so are mapping, expression and action below
          settings: row.settings as Configuration['connections'][string]['settings'],
          pollEveryS: row.poll_every_s,
          sweepEveryS: row.sweep_every_s,
          paused: row.state === 'paused' ? true : null,
          mapping: row.mapping ?? EMPTY_MAPPING(row.party),
        },
      ]),
    ),
    organisation: organisationOf(rows),
    routes: routesOf(rows),
    rules: Object.fromEntries(
      rows.rules.map((row) => [
        row.key,
        {
          on: row.record_kind as RuleRecord,
          when: row.expression,
          // biome-ignore lint/suspicious/noThenProperty: a rule is data and is never awaited
          then: row.action as readonly RuleAction[],
          enabled: row.enabled,
        },
      ]),
    ),
  },
})
