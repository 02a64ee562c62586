import { stableJson } from '../lib/stable.ts'
import type { Mapping } from '../sync/mapping.ts'
import type { Configuration, InstallationWanted, Organisation, RouteWanted } from './configuration.ts'

/** What applying a file would change, in words. Pure: the same for a dry run and for the real one. */
export type Noun =
  | 'connection'
  | 'team'
  | 'person'
  | 'product'
  | 'component'
  | 'customer'
  | 'installation'
  | 'route'
  | 'rule'
  | 'setting'

export interface Change {
  readonly noun: Noun
  /** As the file names it; a component with its product: `atlas/export`. */
  readonly key: string
  readonly how: 'added' | 'changed' | 'removed'
  /** One sentence part a change: `mapping.fields.severity.conflict: ask → tool wins`. Empty when added or removed. */
  readonly words: readonly string[]
}

/** Every leaf by its path, so that two values can be compared line by line. */
const leaves = (value: unknown, path: string, into: Map<string, string>): Map<string, string> => {
  if (typeof value !== 'object' || value === null) into.set(path, value === null ? 'none' : String(value))
  else if (Array.isArray(value))
    into.set(
      path,
      value.map((item) => (typeof item === 'object' ? stableJson(item) : String(item))).join(', '),
    )
  else
    for (const [key, inner] of Object.entries(value))
      leaves(inner, path === '' ? key : `${path}.${key}`, into)
  return into
}

/** `path: before → after` for every leaf that differs. */
export const differencesInWords = (before: unknown, after: unknown): readonly string[] => {
  const old = leaves(before, '', new Map())
  const now = leaves(after, '', new Map())
  const shown = (text: string | undefined): string => (text === undefined || text === '' ? 'none' : text)
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => shown(old.get(path)) !== shown(now.get(path)))
    .map((path) => `${path}: ${shown(old.get(path))} → ${shown(now.get(path))}`)
}

/** Fields and status rules by what they are about, so that a difference names them instead of their position. */
const mappingInWords = ({ record: _, fields, status, ...rest }: Mapping): unknown => ({
  ...rest,
  fields: Object.fromEntries(fields.map(({ hub, tool, ...rule }) => [`${hub} (${tool})`, rule])),
  'order of fields': fields.map(({ hub, tool }) => `${hub} (${tool})`),
  statuses:
    status === null ? null : { owner: status.owner, 'to hub': status.toHub, 'to tool': status.toTool },
})

/** What a new version of a mapping changes, line by line. */
export const mappingDifferences = (before: Mapping, after: Mapping): readonly string[] =>
  differencesInWords(mappingInWords(before), mappingInWords(after))

interface Entry {
  readonly key: string
  /** What is compared. */
  readonly value: unknown
}

const compare = (
  noun: Noun,
  stored: readonly Entry[],
  wanted: readonly Entry[],
  prune: boolean,
): readonly Change[] => {
  const old = new Map(stored.map((entry) => [entry.key, entry.value]))
  const named = new Set(wanted.map((entry) => entry.key))
  const changes = wanted.flatMap(({ key, value }): readonly Change[] => {
    if (!old.has(key)) return [{ noun, key, how: 'added', words: [] }]
    const words = differencesInWords(old.get(key), value)
    return words.length === 0 ? [] : [{ noun, key, how: 'changed', words }]
  })
  const removed = prune
    ? stored
        .filter(({ key }) => !named.has(key))
        .map(({ key }): Change => ({ noun, key, how: 'removed', words: [] }))
    : []
  return [...changes, ...removed]
}

const entries = (group: Readonly<Record<string, unknown>>): readonly Entry[] =>
  Object.entries(group).map(([key, value]) => ({ key, value }))

const components = (organisation: Organisation): readonly Entry[] =>
  Object.entries(organisation.products).flatMap(([product, { components: parts }]) =>
    Object.entries(parts).map(([key, value]) => ({ key: `${product}/${key}`, value })),
  )

const products = (organisation: Organisation): readonly Entry[] =>
  Object.entries(organisation.products).map(([key, { name, team }]) => ({ key, value: { name, team } }))

export const installationKey = (line: InstallationWanted): string =>
  `${line.customer} / ${line.product} / ${line.environment}`

const installations = (organisation: Organisation): readonly Entry[] =>
  organisation.installations.map((line) => ({ key: installationKey(line), value: { version: line.version } }))

/** A wanted null that means "as it is" takes what is stored. */
const teams = (wanted: Organisation, stored: Organisation): readonly Entry[] =>
  Object.entries(wanted.teams).map(([key, team]) => ({
    key,
    value: { name: team.name, members: team.members ?? stored.teams[key]?.members ?? [] },
  }))

/** What the organisation decides for all, as far as a file may say it. */
const settings = (wanted: Organisation, stored: Organisation): readonly Entry[] => [
  {
    key: 'names for customers',
    value: { allowed: wanted.namesForCustomers ?? stored.namesForCustomers ?? false },
  },
]

const NOBODY: Organisation = {
  teams: {},
  people: {},
  products: {},
  customers: {},
  installations: [],
  namesForCustomers: null,
}

/**
 * Products, components and teams can be pruned. People, customers and installations are never removed by a file:
 * life makes them too (a first mail, a tool's user), and a forgotten line would hide them.
 */
const compareOrganisation = (
  stored: Organisation,
  wanted: Organisation,
  prune: boolean,
): readonly Change[] => [
  ...compare('team', teams(stored, stored), teams(wanted, stored), prune),
  ...compare('person', entries(stored.people), entries(wanted.people), false),
  ...compare('product', products(stored), products(wanted), prune),
  ...compare('component', components(stored), components(wanted), prune),
  ...compare('customer', entries(stored.customers), entries(wanted.customers), false),
  ...compare('installation', installations(stored), installations(wanted), false),
  ...compare('setting', settings(stored, stored), settings(wanted, stored), false),
]

const connections = (configuration: Configuration, stored: Configuration): readonly Entry[] =>
  Object.entries(configuration.connections).map(([key, { mapping, paused, ...rest }]) => ({
    key,
    value: {
      ...rest,
      paused: paused ?? stored.connections[key]?.paused ?? false,
      mapping: mappingInWords(mapping),
    },
  }))

export const routeKey = (route: Pick<RouteWanted, 'product' | 'component'>): string =>
  route.product === null
    ? 'everything else'
    : route.component === null
      ? route.product
      : `${route.product}/${route.component}`

/** The order that will stand: the file's lines first, then those it does not name. */
export const finalOrder = (
  stored: readonly string[],
  wanted: readonly string[],
  prune: boolean,
): readonly string[] => [...wanted, ...(prune ? [] : stored.filter((key) => !wanted.includes(key)))]

const compareOrder = (
  noun: 'route' | 'rule',
  stored: readonly string[],
  wanted: readonly string[],
): readonly Change[] => {
  const kept = finalOrder(stored, wanted, false).filter((key) => stored.includes(key))
  return kept.join('\n') === stored.join('\n')
    ? []
    : [{ noun, key: 'order', how: 'changed', words: [`order: ${stored.join(', ')} → ${kept.join(', ')}`] }]
}

const routes = (lines: readonly RouteWanted[]): readonly Entry[] =>
  lines.map((line) => {
    const { product: _, component: __, ...value } = line
    return { key: routeKey(line), value }
  })

const keysOf = (list: readonly Entry[]): readonly string[] => list.map(({ key }) => key)

const compareList = (
  noun: 'route' | 'rule',
  stored: readonly Entry[],
  wanted: readonly Entry[],
  prune: boolean,
): readonly Change[] => [
  ...compare(noun, stored, wanted, prune),
  ...compareOrder(noun, keysOf(stored), keysOf(wanted)),
]

/** Stored against wanted. A section the file does not have changes nothing, pruning or not. */
export const difference = (
  stored: Configuration,
  wanted: Configuration,
  prune: boolean,
): readonly Change[] => [
  ...(wanted.organisation
    ? compareOrganisation(stored.organisation ?? NOBODY, wanted.organisation, prune)
    : []),
  ...compare(
    'connection',
    connections(stored, stored),
    connections(wanted, stored),
    prune && Object.keys(wanted.connections).length > 0,
  ),
  ...(wanted.routes ? compareList('route', routes(stored.routes ?? []), routes(wanted.routes), prune) : []),
  ...(wanted.rules ? compareList('rule', entries(stored.rules ?? {}), entries(wanted.rules), prune) : []),
]
