import { type Static, Type } from 'typebox'
import type { Capabilities, Connector } from '../../sync/connector.ts'
import { RemoteFault } from '../../sync/fault.ts'
import { createDemoClient } from './client.ts'
import { demoTools } from './instances.ts'
import { loopbackHttp } from './loopback.ts'
import { createDemoSession } from './session.ts'
import type { DemoKind, DemoSetup } from './tool/model.ts'
import { presetOf } from './tool/presets.ts'
import { readHook } from './webhook.ts'

/** The built-in desk and tracker: for the demo and for tests, in this process or over HTTP. */

const settings = Type.Object({
  instance: Type.Optional(
    Type.String({
      title: 'Instance',
      description: 'Name of a simulated tool in this process. Leave empty to use an address.',
    }),
  ),
  url: Type.Optional(
    Type.String({ title: 'Address', description: 'Address of a simulated tool that is served over HTTP.' }),
  ),
  token: Type.Optional(
    Type.String({ title: 'Token', description: 'What the served tool asks for, if anything.', secret: true }),
  ),
  webhookSecret: Type.Optional(
    Type.String({
      title: 'Webhook secret',
      description: 'Signs the webhooks of a served tool.',
      secret: true,
    }),
  ),
})
export type DemoSettings = Static<typeof settings>

const HERE = 'http://demo.invalid/'
const baseUrl = ({ instance, url }: DemoSettings): string => (instance === undefined ? (url ?? HERE) : HERE)

// a tool of this process needs none
const headers = ({ token }: DemoSettings): Readonly<Record<string, string>> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` }

const toolNamed = (name: string) => {
  const tool = demoTools.get(name)
  if (tool === undefined)
    throw new RemoteFault('down', `There is no simulated tool "${name}" in this process.`)
  return tool
}

const setupOf = (kind: DemoKind, { instance }: DemoSettings): DemoSetup =>
  (instance === undefined ? undefined : demoTools.get(instance)?.setup) ?? presetOf(kind)

const capabilities = (kind: DemoKind, given: DemoSettings): Capabilities => {
  const { indexLagMs, traits, transitions } = setupOf(kind, given)
  const { comments, attachments, links, webhooks, deletionsSeen, idempotency, richText, pageSize } = traits
  const common = [
    'title',
    'description',
    'status',
    'type',
    'container',
    'priority',
    'owner',
    'labels',
    'due',
    'cf:*',
  ] as const
  return {
    records: kind === 'desk' ? ['item'] : ['item', 'release'],
    create: true,
    writes: kind === 'desk' ? [...common, 'requester'] : [...common, 'component', 'release'],
    comments,
    attachments,
    links,
    transitions: transitions === null ? 'direct' : 'workflow',
    webhooks,
    deletionsSeen,
    idempotency,
    // a served tool may lag as it likes: the usual patience then
    ...(given.instance === undefined ? {} : { findLagSeconds: Math.ceil(indexLagMs / 1000) }),
    richText,
    pageSize,
    ratePerSecond: 1000,
  }
}

const demoConnector = (kind: DemoKind, title: string): Connector<DemoSettings> =>
  Object.freeze({
    id: `demo-${kind}`,
    title,
    party: kind,
    settings,
    baseUrl,
    headers,
    capabilities: (given: DemoSettings) => capabilities(kind, given),
    webhook: (delivery, given) => {
      const tool = given.instance === undefined ? undefined : demoTools.get(given.instance)
      return readHook(delivery, tool?.webhookSecret ?? given.webhookSecret ?? null)
    },
    connect: (given, http, now) => {
      const reached = given.instance === undefined ? http : loopbackHttp(toolNamed(given.instance), now)
      return createDemoSession(createDemoClient(reached, baseUrl(given)), baseUrl(given), now)
    },
  } satisfies Connector<DemoSettings>)

export const demoDesk = demoConnector('desk', 'Demo desk')
export const demoTracker = demoConnector('tracker', 'Demo tracker')
