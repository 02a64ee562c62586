import { Document } from 'yaml'
import type { RuleAction } from '../domain/rule.ts'
import type { FieldRule, Mapping } from '../sync/mapping.ts'
import type { Configuration, ConnectionWanted, Organisation, RuleWanted } from './configuration.ts'
import { formatDuration } from './duration.ts'
import { defaultDirection } from './to-mapping.ts'

/** The file that says the same as a configuration, in the shortest form: what is the default is left out. */
type Plain = Readonly<Record<string, unknown>>

const mapValues = <T>(from: Readonly<Record<string, T>>, change: (value: T) => unknown): Plain =>
  Object.fromEntries(Object.entries(from).map(([key, value]) => [key, change(value)]))

/** Without members that are undefined, empty lists and empty groups. */
const full = (members: Plain): Plain =>
  Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) =>
        value !== undefined &&
        value !== null &&
        !(Array.isArray(value) && value.length === 0) &&
        !(typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0),
    ),
  )

const fieldLine = (record: Mapping['record'], rule: FieldRule): Plain => {
  const more = {
    ...(rule.direction === defaultDirection(record, rule.hub) ? {} : { direction: rule.direction }),
    ...(rule.conflict === 'ask' ? {} : { conflict: rule.conflict }),
    ...(rule.values === undefined ? {} : { values: rule.values }),
  }
  return { [rule.hub]: Object.keys(more).length === 0 ? rule.tool : { tool: rule.tool, ...more } }
}

const statuses = (status: NonNullable<Mapping['status']>): Plain => ({
  owner: status.owner,
  'to hub': status.toHub,
  ...(status.toTool.length > 0
    ? { 'to tool': status.toTool.map(({ when, to, from }) => full({ when, to, from })) }
    : {}),
})

const audiences = (words: NonNullable<Mapping['comments']>): Plain => ({
  public: words.public,
  internal: words.internal,
  'send public': words.sendPublic,
})

const mapping = (from: Mapping): Plain => ({
  containers: from.containers,
  ...full({ types: from.types }),
  ...(from.adopt ? { adopt: true } : {}),
  fields: from.fields.map((rule) => fieldLine(from.record, rule)),
  ...(from.status ? { statuses: statuses(from.status) } : {}),
  ...(from.comments ? { comments: audiences(from.comments) } : {}),
  ...(from.attachments ? { attachments: audiences(from.attachments) } : {}),
  ...full({ people: from.people, products: from.products, components: from.components }),
  ...(from.releases ? { releases: true } : {}),
  ...full({ 'on create': from.onCreate }),
})

/** One connection as a file writes it. */
export const connectionDocument = (from: ConnectionWanted): Plain => ({
  kind: from.kind,
  party: from.party,
  title: from.title,
  settings: from.settings,
  'poll every': formatDuration(from.pollEveryS),
  'sweep every': formatDuration(from.sweepEveryS),
  ...(from.paused === null ? {} : { paused: from.paused }),
  mapping: mapping(from.mapping),
})

const organisation = (from: Organisation): Plain =>
  full({
    teams: mapValues(from.teams, (team) =>
      team.members === null ? team.name : { name: team.name, members: team.members },
    ),
    people: mapValues(from.people, ({ name, roles }) => ({
      name,
      role: roles.length === 1 ? roles[0] : [...roles],
    })),
    products: mapValues(from.products, (product) => full({ ...product })),
    customers: mapValues(from.customers, (customer) => (customer.tier === null ? customer.name : customer)),
    installations: from.installations.map((line) => full({ ...line })),
    'names for customers': from.namesForCustomers,
  })

const action = (from: RuleAction): unknown => {
  switch (from.do) {
    case 'escalate':
      return 'escalate'
    case 'set fields':
      return { set: from.fields }
    case 'wake owner':
      return { 'wake owner': from.because }
  }
}

const rule = (from: RuleWanted): Plain => ({
  on: from.on,
  when: from.when,
  // biome-ignore lint/suspicious/noThenProperty: the file's own word; a document is data and is never awaited
  then: from.then.length === 1 ? from.then.map(action)[0] : from.then.map(action),
  ...(from.enabled ? {} : { enabled: false }),
})

/** `parseConfiguration(toYaml(x))` gives x again. */
export const toYaml = (configuration: Configuration): string => {
  const document = new Document(
    {
      ...(configuration.organisation ? { organisation: organisation(configuration.organisation) } : {}),
      connections: mapValues(configuration.connections, connectionDocument),
      ...(configuration.routes
        ? {
            routes: configuration.routes.map(({ componentThere, ...route }) =>
              full({ ...route, 'component there': componentThere }),
            ),
          }
        : {}),
      ...(configuration.rules ? { rules: mapValues(configuration.rules, rule) } : {}),
    },
    // no anchors: the same list in two places is two lists to a reader
    { aliasDuplicateObjects: false },
  )
  return document.toString({ lineWidth: 0 })
}
