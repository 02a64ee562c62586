import { Type } from 'typebox'
import type { ConfigurationParts } from '../../src/commands/apply-configuration.ts'
import type { ConnectorFacts } from '../../src/configuration/connector-facts.ts'
import { masterKeyFrom } from '../../src/store/secrets.ts'
import type { Capabilities } from '../../src/sync/connector.ts'

/** A configuration of everything there is, and kinds of tools that need no tool. */

export const master = masterKeyFrom(new Uint8Array(32).fill(1))
const CAPABILITIES: Capabilities = {
  records: ['item'],
  create: true,
  writes: ['title', 'cf:*'],
  comments: { public: true, internal: true, edit: false, delete: false },
  attachments: { read: true, write: true, delete: false, maxBytes: 1 },
  links: false,
  transitions: 'direct',
  webhooks: false,
  deletionsSeen: true,
  idempotency: 'marker',
  richText: 'plain',
  pageSize: 100,
  ratePerSecond: 1,
}
const demo: ConnectorFacts = {
  kind: 'demo',
  title: 'Demo',
  party: 'any',
  settings: Type.Object({ url: Type.Optional(Type.String()), token: Type.Optional(Type.String()) }),
  secretFields: ['token'],
  capabilitiesOf: () => CAPABILITIES,
  originOf: ({ url }) =>
    typeof url === 'string' && URL.canParse(url) ? new URL(url).origin : 'https://demo.example',
}
export const factsOf = (kind: string): ConnectorFacts | null =>
  ['demo', 'redmine', 'request-tracker'].includes(kind)
    ? { ...demo, kind, ...(kind === 'demo' ? {} : { settings: Type.Object({}) }) }
    : null
export const parts: ConfigurationParts = {
  kinds: { factsOf, all: ['demo', 'redmine', 'request-tracker'] },
  master,
}

export const FILE = `organisation:
  teams: { core: Core }
  people: { ada@x.example: { name: Ada, role: agent } }
  products: { atlas: { name: Atlas, team: core, components: { export: { name: Export, team: core } } } }
  customers: { acme: { name: Acme, tier: gold } }
  installations: [{ customer: acme, product: atlas, environment: production, version: "2.0" }]
connections:
  desk:
    kind: demo
    party: desk
    title: Desk
    settings: { url: "https://desk.example", token: "\${DESK_TOKEN}" }
    mapping: { containers: [Support], fields: [{ title: title }, { severity: cf:Severity }] }
  tracker:
    kind: demo
    party: tracker
    title: Tracker
    settings: {}
    mapping: { containers: [atlas], fields: [{ title: title }] }
routes:
  - { product: atlas, component: export, connection: tracker, container: atlas, type: Bug }
  - { product: atlas }
rules:
  up: { on: ticket, when: 'ticket.severity == "critical"', then: [escalate, { set: { workaround: none } }] }
  wake: { on: ticket, when: 'true', then: wake owner, enabled: false }
`
