import type { RuleAction } from '../domain/rule.ts'
import type { Configuration, ConnectionWanted, Organisation, RuleWanted } from './configuration.ts'
import { parseDuration } from './duration.ts'
import type { ConfigurationDocument } from './schema.ts'
import { toMapping } from './to-mapping.ts'

type Section<K extends keyof ConfigurationDocument> = NonNullable<ConfigurationDocument[K]>

export const DEFAULT_POLL_S = 60
export const DEFAULT_SWEEP_S = 86_400

const mapValues = <T, U>(from: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]))

const connection = (document: Section<'connections'>[string]): ConnectionWanted => ({
  kind: document.kind,
  party: document.party,
  title: document.title,
  settings: document.settings,
  pollEveryS: parseDuration(document['poll every'] ?? '') ?? DEFAULT_POLL_S,
  sweepEveryS: parseDuration(document['sweep every'] ?? '') ?? DEFAULT_SWEEP_S,
  paused: document.paused ?? null,
  mapping: toMapping(document.mapping, document.party),
})

const lower = (email: string): string => email.toLowerCase()

const byPlace = (line: {
  readonly customer: string
  readonly product: string
  readonly environment: string
}): string => JSON.stringify([line.customer, line.product, line.environment])

const organisation = (document: Section<'organisation'>): Organisation => ({
  teams: mapValues(document.teams ?? {}, (team) =>
    typeof team === 'string'
      ? { name: team, members: null }
      : { name: team.name, members: team.members ? [...new Set(team.members.map(lower))].sort() : null },
  ),
  people: Object.fromEntries(
    Object.entries(document.people ?? {}).map(([email, person]) => [
      lower(email),
      { name: person.name, roles: [person.role].flat().sort() },
    ]),
  ),
  products: mapValues(document.products ?? {}, (product) => ({
    name: product.name,
    team: product.team ?? null,
    components: product.components ?? {},
  })),
  customers: mapValues(document.customers ?? {}, (customer) =>
    typeof customer === 'string'
      ? { name: customer, tier: null }
      : { name: customer.name, tier: customer.tier ?? null },
  ),
  installations: (document.installations ?? [])
    .map((line) => ({ ...line, version: line.version ?? null }))
    .sort((a, b) => (byPlace(a) < byPlace(b) ? -1 : 1)),
  namesForCustomers: document['names for customers'] ?? null,
})

type Rule = Section<'rules'>[string]
type ActionDocument = Exclude<Rule['then'], readonly unknown[]>

const action = (document: ActionDocument): RuleAction => {
  if (document === 'escalate') return { do: 'escalate' }
  if (document === 'wake owner') return { do: 'wake owner', because: 'a rule says so' }
  if ('set' in document) return { do: 'set fields', fields: document.set }
  return { do: 'wake owner', because: document['wake owner'] }
}

const rule = (document: Rule): RuleWanted => ({
  on: document.on,
  when: document.when,
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; a rule is data and is never awaited
  then: (Array.isArray(document.then) ? document.then : [document.then]).map(action),
  enabled: document.enabled ?? true,
})

/** A document that fits the schema, written out. */
export const fromDocument = (document: ConfigurationDocument): Configuration => ({
  connections: mapValues(document.connections ?? {}, connection),
  organisation: document.organisation ? organisation(document.organisation) : null,
  routes: document.routes
    ? document.routes.map((route) => ({
        product: route.product ?? null,
        component: route.component ?? null,
        connection: route.connection ?? null,
        container: route.container ?? null,
        type: route.type ?? null,
        componentThere: route['component there'] ?? null,
      }))
    : null,
  rules: document.rules ? mapValues(document.rules, rule) : null,
})
